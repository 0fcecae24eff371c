// How network addresses are told apart and shortened. Knows nothing of where they come from.

const anyAddress = /\b\d{1,3}(?:\.\d{1,3}){3}\b|[0-9a-f]{1,4}(?::[0-9a-f]{0,4}){2,}/gi

/** All that stand in a text, cut so that they tell a network and no household: 203.0.113.x, 2001:db8:x. */
export const withShortAddresses = (text: string): string => text.replaceAll(anyAddress, shortened)

function shortened(address: string): string {
  if (address.includes(':')) return `${address.split(':').slice(0, 2).join(':')}:x`
  return address.replace(/\d+$/, 'x')
}

/** Whether an IPv6 address is global: not a home's own, nor one that means this link alone (RFC 4291, RFC 4193). */
export const isGlobalIpv6 = (address: string): boolean => /^[23][0-9a-f]{3}:/i.test(address)

// As they stand in a URL: IPv6 in brackets.
const local = [
  /^localhost$|\.localhost$|\.local$|\.lan$|\.home\.arpa$/,
  // Of RFC 1918, and shared ones (RFC 6598) as in private networks over the Internet.
  /^((127|10)\.\d+|192\.168|169\.254|172\.(1[6-9]|2\d|3[01])|100\.(6[4-9]|[7-9]\d|1[01]\d|12[0-7]))\.\d+\.\d+$/,
  /^\[(::1\]|f[cd]|fe[89ab])/,
  // A name without a dot is no name of the Internet.
  /^[^.[]+$/,
]

/** Whether anybody who can open a page of this host is in one network with it. */
export const isLocalHost = (host: string): boolean => local.some((form) => form.test(host.toLowerCase()))
