// Decides which of a browser's powers the page may use: those that it does, and no frame any. Knows nothing of
// requests.

/** Copying a link, keeping the screen on while data moves, and a film in full or next to other windows. */
const used = ['clipboard-write', 'screen-wake-lock', 'fullscreen', 'picture-in-picture', 'autoplay']

/** The features that code that got into the page would be after. A browser complains of names that it does not know. */
const refused = [
  'accelerometer',
  'browsing-topics',
  'camera',
  'clipboard-read',
  'display-capture',
  'encrypted-media',
  'gamepad',
  'geolocation',
  'gyroscope',
  'hid',
  'identity-credentials-get',
  'idle-detection',
  'keyboard-map',
  'local-fonts',
  'magnetometer',
  'microphone',
  'midi',
  'otp-credentials',
  'payment',
  'publickey-credentials-create',
  'publickey-credentials-get',
  'serial',
  'storage-access',
  'usb',
  'window-management',
  'xr-spatial-tracking',
]

export const PERMISSIONS_POLICY = [
  ...used.map((power) => `${power}=(self)`),
  ...refused.map((power) => `${power}=()`),
].join(', ')
