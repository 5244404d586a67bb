import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { findMeta } from './find-meta.js'

const NAME = 'overlaps-site-verification'
const TAG = `<meta name="${NAME}" content="good">`
const find = (page: string) => findMeta(Buffer.from(page, 'utf8').toString('latin1'), NAME)

describe('a tag that proves', () => {
  it.each([
    ['in an ordinary head', `<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n${TAG}\n</head><body>`],
    ['without doctype, html and head', TAG],
    ['behind a byte order mark', `\uFEFF<!doctype html><head>${TAG}`],
    ['behind a comment', `<!-- <meta> & such -- --><html><!----><head><!-- a > b -->${TAG}`],
    ['behind a title', `<head><title>a </titles> <b> "</title >${TAG}`],
    ['behind a style', `<head><style>a::before { content: '</head><body>' }</style>${TAG}`],
    ['behind a script', `<head><script src=a.js async></script><SCRIPT>if (a</b/.exec(c)) d()</Script>${TAG}`],
    ['behind a link and a base', `<head><base href=/ ><link rel='icon' href='/a>b.png'/>${TAG}`],
    ['in capitals, with a slash', `<HEAD><META NAME="${NAME.toUpperCase()}" CONTENT="good" /></HEAD>`],
    ['without quotes', `<head><meta content=good name=${NAME}>`],
    ['in single quotes, in lines', `<head><meta\n  name = '${NAME}'\n\tcontent\n=\n'good'\n>`],
    ['that is cut behind it', `<head>${TAG}<meta name="descr`],
    ['before what is not known', `<head>${TAG}<noscript><style></noscript>`],
    ['before text in another character set', `<head>${TAG}<title>\u001B$B`],
  ])('%s', (_where, page) => expect(find(page)).toEqual(['good']))

  it('is one of several', () => {
    const other = TAG.replace('good', 'other')
    expect(find(`<head>${other}<meta name=x content=good>${TAG}`)).toEqual(['other', 'good'])
  })
})

describe('what a visitor may have written does not prove:', () => {
  it.each([
    ['a comment in the body', `<html><head><title>Forum</title></head><body><p>${TAG}</p></body></html>`],
    ['text behind the head', `<head></head>${TAG}`],
    ['a body without a tag of its own', `<title>Forum</title>\n<p>Hello</p>${TAG}`],
    ['plain text', `hello ${TAG}`],
    ['a comment of the page', `<head><!-- ${TAG} --></head>`],
    ['a comment that is not closed', `<head><!-- ${TAG}`],
    ['a comment that ends in another way', `<head><!-- a --!>${TAG}-->`],
    ['a comment that ends at once', `<head><!-->${TAG}-->`],
    ['a title', `<head><title>${TAG}</title>`],
    ['a title that is not closed', `<head><title>a</title${TAG}`],
    ['a style', `<head><style>${TAG}</style>`],
    ['a script', `<head><script>var a = '${TAG}'</script>`],
    ['a script that goes on behind its end tag', `<head><script><!--<script></script>${TAG}`],
    ['a script that is not closed', `<head><script>a ${TAG}`],
    ['a noscript', `<head><noscript><style></noscript>${TAG}</style></noscript>`],
    ['a template', `<head><template>${TAG}</template>`],
    ['an SVG', `<head><svg><desc>${TAG}`],
    ['a textarea', `<head><textarea>${TAG}</textarea>`],
    ['a value', `<head><meta name="description" content='${TAG}'>`],
    ['a value without a name', `<head><meta content="${TAG.replaceAll('"', "'")}">`],
    ['a value that is not closed', `<head><meta name="a" content="${TAG.replaceAll('"', "'")}`],
    ['an attribute of another name', `<head><meta data-name="${NAME}" content="good">`],
    ['an attribute that comes twice', `<head><meta name="a" name="${NAME}" content="good">`],
    ['a name that is more', `<head><meta name="${NAME}s" content="good">`],
    ['a tag that is not closed', `<head><meta name="${NAME}" content="good"`],
    ['another element', `<head><metas name="${NAME}" content="good">`],
    ['an element that is a word of JavaScript', `<head><constructor></constructor>${TAG}`],
    ['an end tag', `<head></meta name="${NAME}" content="good">`],
    ['a second head', `<head><meta charset=utf-8><head>${TAG}`],
    ['CDATA', `<![CDATA[${TAG}]]>`],
    ['a processing instruction', `<?xml version="1.0"?>${TAG}`],
    ['a page of JSON', JSON.stringify({ text: TAG })],
    ['text in another character set', `<head><title>\u001B$B${TAG}`],
    ['UTF-16', Buffer.from(`<head>${TAG}`, 'utf16le').toString('latin1')],
    ['nothing', ''],
  ])('%s', (_what, page) => expect(find(page)).toEqual([]))

  it('whatever it is, in text, behind the first text or in a quoted value', () => {
    const pieces = fc.array(
      fc.oneof(
        fc.constantFrom(
          '<',
          '>',
          '/',
          '"',
          "'",
          '=',
          '!',
          '--',
          ' ',
          '\n',
          TAG,
          '<head>',
          '<title>',
          '</title>',
          '<script>',
        ),
        fc.string({ maxLength: 5 }),
      ),
      { maxLength: 20 },
    )
    fc.assert(
      fc.property(pieces, (written) => {
        const text = written.join('')
        expect(find(`<head><title>a</title></head><body>${text}`)).toEqual([])
        expect(find(`<head><title>${text.replaceAll('<', '&lt;')}</title><body>${TAG}`)).toEqual([])
        expect(find(`<head><meta name=d content="${text.replaceAll('"', '&quot;')}"></head>${TAG}`)).toEqual([])
      }),
    )
  })

  it.each([
    ['attributes', `<head><meta ${'a '.repeat(200_000)}`],
    ['comments', `<head>${'<!-- -->'.repeat(50_000)}`],
    ['open comments', `<head>${'<!--'.repeat(50_000)}`],
    ['end tags of a title', `<head><title>${'</title '.repeat(50_000)}`],
    ['blanks', `<head>${' '.repeat(400_000)}`],
    ['slashes', `<head><meta ${'/'.repeat(400_000)}`],
  ])('hundreds of thousands of %s', (_what, page) => expect(find(page)).toEqual([]))
})
