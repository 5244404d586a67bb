import type { ComponentType } from 'preact'
import { useEffect, useState } from 'preact/hooks'
import { useTexts } from '../texts/use-texts'

/** A page that is loaded when it is first shown, so that the first page stays small. */
export function lazyPage<Props extends object>(load: () => Promise<ComponentType<Props>>): ComponentType<Props> {
  let loaded: ComponentType<Props> | null = null
  return function LazyPage(props: Props) {
    const { t } = useTexts()
    const [Page, setPage] = useState<{ of: ComponentType<Props> | null }>({ of: loaded })
    const [isFailed, setIsFailed] = useState(false)
    useEffect(() => {
      if (Page.of !== null) return
      const show = (page: ComponentType<Props>) => {
        loaded = page
        setPage({ of: page })
      }
      load().then(show, () => setIsFailed(true))
    }, [])
    if (Page.of !== null) return <Page.of {...props} />
    if (!isFailed) return <p role="status">{t.websites.loading}</p>
    // Its file is gone with the version that it belongs to, or the hub does not answer.
    return (
      <div role="alert" class="note bad">
        <p>{t.faults.UPGRADED}</p>
        <button type="button" onClick={() => location.reload()}>
          {t.faults.reload}
        </button>
      </div>
    )
  }
}
