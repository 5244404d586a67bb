import { useTexts } from '../texts/use-texts'

export function NotFound() {
  const { t } = useTexts()
  return (
    <>
      <h1>{t.notFound.title}</h1>
      <p>{t.notFound.text}</p>
      <p>
        <a href="/websites">{t.notFound.back}</a>
      </p>
    </>
  )
}
