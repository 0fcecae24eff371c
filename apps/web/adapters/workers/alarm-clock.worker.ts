// Rings alarms on time for a hidden window, whose own timers run once a second. Knows nothing of what they are for.
export type AlarmRequest = { id: number; delayMs: number } | 'clear'

let timer: ReturnType<typeof setTimeout> | undefined
self.addEventListener('message', ({ data: request }: MessageEvent<AlarmRequest>) => {
  clearTimeout(timer)
  if (request !== 'clear') timer = setTimeout(() => self.postMessage(request.id), request.delayMs)
})
