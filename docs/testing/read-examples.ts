import { readFile } from 'node:fs/promises'

/** A fenced block of a document. The words behind its language say what is done with it (CONTRIBUTING.md). */
export interface Block {
  language: string
  /** The rest of the fence's first line. */
  words: string
  text: string
  line: number
}

/** A block that is run, with the blocks that belong to it. */
export interface Example {
  /** Where it stands, for the test's name. */
  name: string
  block: Block
  variables: string | null
  answer: string | null
  output: string | null
}

const FENCE = /^```(\w*)(?: (.*))?\n([\s\S]*?)^```$/gm

export async function readBlocks(file: string): Promise<Block[]> {
  const text = await readFile(file, 'utf8')
  return [...text.matchAll(FENCE)].map(({ 1: language = '', 2: words = '', 3: body = '', index }) => ({
    language,
    words: words.trim(),
    text: body,
    line: text.slice(0, index).split('\n').length,
  }))
}

/** The document's examples in their order. @throws when a block belongs to no example, or a GraphQL block says not whose it is. */
export async function readExamples(file: string): Promise<Example[]> {
  const examples: Example[] = []
  for (const block of await readBlocks(file)) {
    const kind = `${block.language} ${block.words}`.trim()
    if (/^(graphql|sh run)\b/.test(kind)) {
      examples.push({ name: `${file}:${block.line}`, block, variables: null, answer: null, output: null })
      continue
    }
    const part = PARTS[kind]
    if (part === undefined) continue
    const example = examples.at(-1)
    if (example === undefined) throw new Error(`${file}:${block.line} belongs to no example`)
    example[part] = block.text
  }
  return examples
}

/** Whether it is for a shell and not for the hub. */
export const isCommand = ({ block }: Example): boolean => block.language !== 'graphql'

const PARTS: Record<string, 'variables' | 'answer' | 'output'> = {
  'json variables': 'variables',
  'json answer': 'answer',
  'text output': 'output',
}

/**
 * Where two JSON values differ in shape, by its path; null when they do not. Null stands for any value, and of a list
 * its first item is looked at.
 */
export function shapeFault(shown: unknown, actual: unknown, place = 'the answer'): string | null {
  if (shown === null || actual === null) return null
  if (typeof shown !== typeof actual || Array.isArray(shown) !== Array.isArray(actual))
    return `${place} is another thing`
  if (Array.isArray(shown) && Array.isArray(actual)) {
    return shown.length > 0 && actual.length > 0 ? shapeFault(shown[0], actual[0], `${place}[0]`) : null
  }
  if (typeof shown !== 'object') return null
  const [left, right] = [shown as Record<string, unknown>, actual as Record<string, unknown>]
  const names = Object.keys(left).sort().join(', ')
  if (names !== Object.keys(right).sort().join(', ')) return `${place} has other fields than ${names}`
  for (const name of Object.keys(left)) {
    const fault = shapeFault(left[name], right[name], `${place}.${name}`)
    if (fault !== null) return fault
  }
  return null
}

/** A line with what differs from run to run taken out: tokens, keys, hashes, instants, figures. */
export function skeleton(line: string): string {
  return line
    .replaceAll(/\bov[cops]_[\w-]{43}/g, '<token>')
    .replaceAll(/\b[1-9A-HJ-NP-Za-km-z]{42,44}\b/g, '<key>')
    .replaceAll(/\b[0-9a-f]{64}\b/g, '<hash>')
    .replaceAll(/\b[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\b/g, '<id>')
    .replaceAll(/"status":(null|"\w+")/g, '"status":0')
    .replaceAll(/\d+(\.\d+)?/g, '0')
    .replaceAll(/ {2,}/g, '  ')
    .trim()
}

/** A command that whoever tries Overlaps types first. */
export const isOfFirstMinutes = ({ name, block }: Example): boolean =>
  name.startsWith('README.md') && !block.text.includes('npm run demo')
