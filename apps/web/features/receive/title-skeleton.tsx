// The link page's title before it is known: the same shapes at their final size.
import controls from '../ui/controls.module.css'
import styles from './transfer.module.css'

export function TitleSkeleton() {
  return (
    <div className={styles.title}>
      <h1 className={controls.unseen}>Something shared with you</h1>
      <span className={`${styles.bone} ${styles.boneIcon}`} />
      <div className={styles.what}>
        <span className={`${styles.bone} ${styles.boneName}`} />
        <span className={`${styles.bone} ${styles.boneSize}`} />
      </div>
    </div>
  )
}
