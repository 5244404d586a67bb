import { useEffect, useState } from 'preact/hooks'
import type { Texts } from './en'
import { LANGUAGES, type Language } from './languages'

const KEY = 'overlaps:language'
const listeners = new Set<(language: Language) => void>()

/** The owner's choice, else the first of the browser's languages that there is, else English. */
function languageNow(): Language {
  const wanted = [localStorage.getItem(KEY) ?? '', ...navigator.languages]
  const found = wanted.map((one) => one.slice(0, 2).toLowerCase()).find((one) => Object.hasOwn(LANGUAGES, one))
  return (found ?? 'en') as Language
}

export function chooseLanguage(language: Language): void {
  localStorage.setItem(KEY, language)
  for (const listener of listeners) listener(language)
}

export function useTexts(): { t: Texts; language: Language } {
  const [language, setLanguage] = useState(languageNow)
  useEffect(() => {
    listeners.add(setLanguage)
    return () => void listeners.delete(setLanguage)
  }, [])
  return { t: LANGUAGES[language].texts, language }
}
