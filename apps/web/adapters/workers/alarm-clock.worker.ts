// Rings alarms on time for a hidden window, whose own timers run once a second. Knows nothing of what they are for.
export type AlarmOrder = { id: number; delayMs: number } | 'clear'

let timer: ReturnType<typeof setTimeout> | undefined
self.addEventListener('message', ({ data: order }: MessageEvent<AlarmOrder>) => {
  clearTimeout(timer)
  if (order !== 'clear') timer = setTimeout(() => self.postMessage(order.id), order.delayMs)
})
