import { expect, test } from 'vitest'
import { findCharset, UNREADABLE } from './body-charset.js'

const HTML = 'text/html'
const LATE = ' '.repeat(1_100)

test.each<[string, string | Buffer, string | undefined, string | null]>([
  ['nothing says', '<p>hello', HTML, null],
  ['a byte order mark', '\u00ef\u00bb\u00bf<meta charset=gbk>', 'text/html; charset=big5', 'utf-8'],
  ['a byte order mark of UTF-16', '\u00ff\u00fea\0', 'text/plain', 'utf-16le'],
  ['the other of UTF-16', '\u00fe\u00ff\0a', undefined, 'utf-16be'],
  ['the header', '<meta charset=gbk>', 'text/html; charset=Shift_JIS', 'shift_jis'],
  ['the header in quotes', '', 'text/html;a=b;Charset = "ISO-8859-1"; c=d', 'windows-1252'],
  ['the header of UTF-16', 'a\0', 'text/html; charset=utf-16', 'utf-16le'],
  ['a header that nobody knows', '<meta charset=gbk>', 'text/html; charset=klingon', 'gbk'],
  ['the page', '<html><META CHARSET="gb2312">', HTML, 'gbk'],
  ['the page, as of old', `<meta http-equiv='Content-Type' content='text/html; charset=euc-kr'>`, undefined, 'euc-kr'],
  ['the page, wrongly', '<meta charset=utf-16be>', HTML, 'utf-8'],
  ['the page in a comment', '<!-- <meta charset=gbk> --><meta charset=big5>', HTML, 'big5'],
  ['the page in a comment without end', '<!-- <meta charset=gbk>', HTML, null],
  ['the page too late', `${LATE}<meta charset=gbk>`, HTML, null],
  ['an XML declaration', '<?xml version="1.0" encoding="KOI8-R"?>', 'application/xml', 'koi8-r'],
  ['what is no page', '"<meta charset=gbk>"', 'application/json', null],
  ['an encoding that browsers refuse', '', 'text/html; charset=iso-2022-kr', UNREADABLE],
  ['a page in such', '<meta charset=hz-gb-2312>', HTML, UNREADABLE],
  ['UTF-16 without a mark', Buffer.from('<html>hello', 'utf16le'), HTML, 'utf-16le'],
  ['the other without a mark', Buffer.from('<html>hello', 'utf16le').swap16(), HTML, 'utf-16be'],
  ['nothing at all', '', HTML, null],
  ['NULs everywhere', '\0'.repeat(100), undefined, null],
])('%s', (_, start, contentType, charset) => {
  expect(findCharset(typeof start === 'string' ? Buffer.from(start, 'latin1') : start, contentType)).toBe(charset)
})
