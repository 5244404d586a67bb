/**
 * The contents of a page's `meta` tags of a name that are surely in its head, where no visitor writes. It gives up at the
 * first thing that ordinary heads do not have: it may miss a tag, but never finds one that a browser would not.
 * @param page its bytes, one character each: all that matters is ASCII.
 */
export function findMeta(page: string, name: string): string[] {
  const html = beforeOddCharacters(page)
  const found: string[] = []
  let at = 0
  const seen = new Set<string>()
  for (;;) {
    at = skip(html, at, BLANK)
    if (html.startsWith('<!', at)) {
      const end = markupEnd(html, at)
      if (end === null) return found
      at = end
      continue
    }
    const tag = readStartTag(html, at)
    if (tag === null || isOutOfPlace(tag.name, seen)) return found
    const end = TEXT_ELEMENTS.has(tag.name) ? textEnd(html, tag.end, tag.name) : tag.end
    if (end === null) return found
    if (tag.name === 'meta' && tag.attributes.get('name')?.toLowerCase() === name) {
      found.push(tag.attributes.get('content') ?? '')
    }
    at = end
  }
}

const BLANK = /[\t\n\f\r ]*/y
const TEXT_ELEMENTS = new Set(['title', 'style', 'script'])
const EMPTY_ELEMENTS = new Set(['meta', 'link', 'base'])

/** An escape character switches some character sets to one in which ASCII stands for other text; a NUL is of UTF-16. */
function beforeOddCharacters(page: string): string {
  const html = page.startsWith('\u00EF\u00BB\u00BF') ? page.slice(3) : page
  // eslint-disable-next-line no-control-regex -- those are what is looked for
  const odd = html.search(/[\u0000-\u0008\u000B\u000E-\u001F\u007F]/)
  return odd === -1 ? html : html.slice(0, odd)
}

function skip(html: string, at: number, what: RegExp): number {
  what.lastIndex = at
  what.exec(html)
  return Math.max(at, what.lastIndex)
}

/** `html` and `head` come once, in this order and before all else; any other element begins the body or is not known. */
function isOutOfPlace(name: string, seen: Set<string>): boolean {
  const isOpening = name === 'html' || name === 'head'
  if (!isOpening && !EMPTY_ELEMENTS.has(name) && !TEXT_ELEMENTS.has(name)) return true
  if (isOpening && (seen.has(name) || seen.has('content') || (name === 'html' && seen.has('head')))) return true
  seen.add(isOpening ? name : 'content')
  return false
}

function markupEnd(html: string, at: number): number | null {
  if (/^<!doctype[\t\n\f\r >]/i.test(html.slice(at, at + 10))) return after(html, '>', at)
  if (!html.startsWith('<!--', at) || /^-?>/.test(html.slice(at + 4, at + 6))) return null
  const end = after(html, '-->', at + 4)
  return end === null || html.slice(at, end).includes('--!>') ? null : end
}

function after(html: string, what: string, from: number): number | null {
  const at = html.indexOf(what, from)
  return at === -1 ? null : at + what.length
}

/** Where an element that holds text ends. A script with `<!--` in it may go on behind its end tag. */
function textEnd(html: string, from: number, name: string): number | null {
  const endTag = new RegExp(`</${name}(?=[\\t\\n\\f\\r />])`, 'gi')
  endTag.lastIndex = from
  const found = endTag.exec(html)
  if (!found || (name === 'script' && html.slice(from, found.index).includes('<!--'))) return null
  const end = skip(html, endTag.lastIndex, BLANK)
  return html[end] === '>' ? end + 1 : null
}

interface StartTag {
  name: string
  attributes: ReadonlyMap<string, string>
  end: number
}

const TAG_NAME = /<([A-Za-z][^\t\n\f\r />]*)/y
const BETWEEN = /[\t\n\f\r /]*/y
const ATTRIBUTE_NAME = /[^\t\n\f\r />][^\t\n\f\r />=]*/y
const EQUALS = /[\t\n\f\r ]*=[\t\n\f\r ]*/y
const VALUE = /"([^"]*)"|'([^']*)'|([^\t\n\f\r >"'][^\t\n\f\r >]*)/y

/** By the tokenizer of the HTML standard; null where no start tag is, or where it has no end. */
function readStartTag(html: string, at: number): StartTag | null {
  const opened = match(TAG_NAME, html, at)
  if (!opened) return null
  const attributes = new Map<string, string>()
  let end = at + opened[0].length
  for (;;) {
    end = skip(html, end, BETWEEN)
    if (html[end] === '>') return { name: (opened[1] ?? '').toLowerCase(), attributes, end: end + 1 }
    const named = match(ATTRIBUTE_NAME, html, end)
    if (!named) return null
    end += named[0].length
    const equals = match(EQUALS, html, end)
    const value = equals && match(VALUE, html, end + equals[0].length)
    // `a=>` has no value, and quotes in strange places have none that is worth guessing at.
    if (equals && !value) return null
    if (equals && value) end += equals[0].length + value[0].length
    const key = named[0].toLowerCase()
    // Of two with one name the first counts.
    if (!attributes.has(key)) attributes.set(key, value ? (value[1] ?? value[2] ?? value[3] ?? '') : '')
  }
}

function match(what: RegExp, html: string, at: number): RegExpExecArray | null {
  what.lastIndex = at
  return what.exec(html)
}
