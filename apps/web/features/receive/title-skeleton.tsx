// The link page's title before it is known: the same shapes at their final size.
import styles from './transfer.module.css'

export function TitleSkeleton() {
  return (
    <div aria-hidden="true" className={styles.title}>
      <span className={`${styles.bone} ${styles.boneName}`} />
      <span className={`${styles.bone} ${styles.boneSize}`} />
    </div>
  )
}
