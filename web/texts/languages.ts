import { de } from './de'
import { en, type Texts } from './en'

export type Language = 'en' | 'de'

export const LANGUAGES: Readonly<Record<Language, { name: string; texts: Texts }>> = {
  en: { name: 'English', texts: en },
  de: { name: 'Deutsch', texts: de },
}
