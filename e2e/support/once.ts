// Makes what several ask for only once. Knows nothing of what it is.

export function once<Key, Value>(made: Map<Key, Promise<Value>>, key: Key, make: () => Promise<Value>): Promise<Value> {
  const value = made.get(key) ?? make()
  made.set(key, value)
  return value
}
