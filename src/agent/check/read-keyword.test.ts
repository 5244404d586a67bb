import { expect, test } from 'vitest'
import vectors from '../../protocol/vectors.json' with { type: 'json' }
import { readKeyword } from './read-keyword.js'

test.each(vectors.keywordV2)('$why', async ({ contentType, contentEncoding, body, keyword, seen }) => {
  const bytes = Buffer.from(body, 'base64')
  for (const size of [1, bytes.length + 1]) {
    const reader = readKeyword(keyword, {
      ...(contentType !== null && { 'content-type': contentType }),
      ...(contentEncoding !== null && { 'content-encoding': contentEncoding }),
    })
    for (let at = 0; at < bytes.length; at += size) reader.add(bytes.subarray(at, at + size))
    expect(await reader.end(true)).toBe(seen)
  }
})
