// The product's mark: parts around a gap that is about to be filled. Takes the colour of its text.
export function Mark() {
  return (
    <svg aria-hidden="true" fill="currentColor" height="22" viewBox="0 0 24 24" width="22">
      <rect height="6" rx="1.5" width="6" x="9" y="1" />
      <rect height="6" rx="1.5" width="6" x="1" y="9" />
      <rect height="6" rx="1.5" width="6" x="17" y="9" />
      <rect height="6" rx="1.5" width="6" x="9" y="17" />
      <rect height="3" rx="1" width="3" x="10.5" y="10.5" />
    </svg>
  )
}
