import { LANGUAGES, type Language } from '../texts/languages'
import { chooseLanguage, useTexts } from '../texts/use-texts'

export function LanguageChoice() {
  const { t, language } = useTexts()
  return (
    <label>
      <span class="out-of-sight">{t.shell.language}</span>
      <select value={language} onChange={({ currentTarget }) => chooseLanguage(currentTarget.value as Language)}>
        {Object.entries(LANGUAGES).map(([code, { name }]) => (
          <option key={code} value={code} lang={code}>
            {name}
          </option>
        ))}
      </select>
    </label>
  )
}
