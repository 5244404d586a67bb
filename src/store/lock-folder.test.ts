import { spawn, type ChildProcess } from 'node:child_process'
import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { hostname, tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { StartFault } from '../start-fault.js'
import { lockFolder } from './lock-folder.js'
import { requireBuild } from '../testing/cli/run-program.js'
import { eventually } from '../testing/eventually.js'

let folder: string
const children: ChildProcess[] = []
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'overlaps-lock-'))
})
afterEach(async () => {
  for (const child of children.splice(0)) child.kill('SIGKILL')
  await rm(folder, { recursive: true })
})

const lockFile = () => path.join(folder, 'hub.lock')

interface Holder {
  pid: number
  host: string
  processStart: string
  since: string
  sign: string | null
}

const readHolder = async () => JSON.parse(await readFile(lockFile(), 'utf8')) as Holder

/** A process that holds the folder as a hub does, until it is killed. */
async function startHolder(): Promise<{ child: ChildProcess; holder: Holder }> {
  await requireBuild()
  const script = `import { lockFolder } from ${JSON.stringify(path.resolve('dist/store/lock-folder.js'))}
    await lockFolder(process.argv[1])
    console.log('held')
    process.stdin.resume()`
  const child = spawn(process.execPath, ['--input-type=module', '-e', script, folder], {
    stdio: ['pipe', 'pipe', 'inherit'],
  })
  children.push(child)
  await once(child.stdout, 'data')
  return { child, holder: await readHolder() }
}

async function kill(child: ChildProcess): Promise<void> {
  child.kill('SIGKILL')
  await once(child, 'exit')
}

/** What the lock of a process without a sign of life would say of this one, as a start for what it might say of another. */
async function describeMyself(): Promise<Holder> {
  const lock = await lockFolder(folder)
  const holder = await readHolder()
  await lock.release()
  return { ...holder, sign: null }
}

async function startProcess(): Promise<number> {
  const child = spawn(process.execPath, ['-e', 'process.stdin.resume()'])
  children.push(child)
  await once(child, 'spawn')
  return child.pid ?? 0
}

async function deadProcess(): Promise<number> {
  const child = spawn(process.execPath, ['-e', '0'])
  await once(child, 'exit')
  return child.pid ?? 0
}

const write = (holder: Partial<Holder>) => writeFile(lockFile(), JSON.stringify(holder))

describe('lockFolder', () => {
  it('makes the folder, for its owner alone, and leaves nothing behind', async () => {
    const inner = path.join(folder, 'a', 'b')
    const lock = await lockFolder(inner)
    expect((await stat(inner)).mode & 0o777).toBe(0o700)
    expect((await stat(path.join(inner, 'hub.lock'))).mode & 0o777).toBe(0o600)
    const sign = expect.stringMatching(/^hub-[0-9a-f]{16}\.socket$/) as string
    expect((await readdir(inner)).sort()).toEqual([sign, 'hub.lock'])
    await lock.release()
    expect(await readdir(inner)).toEqual([])
  })

  it('refuses a second holder by the name of the first, and takes it when that has let go', async () => {
    const first = await lockFolder(folder)
    const { since } = JSON.parse(await readFile(lockFile(), 'utf8')) as Holder
    await expect(lockFolder(folder)).rejects.toThrow(
      new StartFault(
        `The data folder ${folder} is in use by another hub (process ${process.pid} on ${hostname()}, since ${since}): ` +
          `stop it, or name another folder with OVERLAPS_DATA_DIR. If no hub is running, delete ${lockFile()}.`,
      ),
    )
    await first.release()
    await (await lockFolder(folder)).release()
  })

  it.each([
    ['here', ''],
    ['where a path is too long for a socket', 'deeper '.repeat(30)],
  ])(
    'takes over from a killed holder, under whatever host name it ran, and never from one that is stopped: %s',
    async (_where, deeper) => {
      folder = path.join(folder, deeper)
      const { child, holder } = await startHolder()
      expect(holder.pid).toBe(child.pid)
      // As in a container of its own.
      const elsewhere = {
        ...holder,
        host: 'a-container',
        processStart: holder.processStart.replace(/pid:\[\d+\]/, 'pid:[1]'),
      }
      for (const signal of ['SIGCONT', 'SIGSTOP'] as const) {
        child.kill(signal)
        for (const one of [holder, elsewhere]) {
          await write(one)
          await expect(lockFolder(folder)).rejects.toThrow(`process ${child.pid} on ${one.host}, since ${one.since}`)
          expect(await readHolder()).toEqual(one)
        }
      }
      await kill(child)
      const lock = await lockFolder(folder)
      expect(await readHolder()).toMatchObject({ pid: process.pid })
      await expect(lockFolder(folder)).rejects.toThrow(`process ${process.pid} on`)
      await lock.release()
      expect(await readdir(folder)).toEqual([])
    },
  )

  it('takes it over after the machine was started again, under whatever host name', async () => {
    const { child, holder } = await startHolder()
    await kill(child)
    // A file system of this kernel alone: nobody else can hold it.
    await write({ ...holder, host: 'elsewhere', processStart: 'another-boot/pid:[1]/7' })
    await (await lockFolder(folder)).release()
    expect(await readdir(folder)).toEqual([])
  })

  it.each(['', '{', 'null', '{"pid":"1"}', '7'])(
    'takes over a damaged lock only when nobody lives: %j',
    async (text) => {
      const { child } = await startHolder()
      child.kill('SIGSTOP')
      await writeFile(lockFile(), text)
      await expect(lockFolder(folder)).rejects.toThrow('a process that it does not name')
      expect(await readFile(lockFile(), 'utf8')).toBe(text)
      await kill(child)
      const taken = await Promise.allSettled(Array.from({ length: 5 }, () => lockFolder(folder)))
      const locks = taken.flatMap((result) => (result.status === 'fulfilled' ? [result.value] : []))
      expect(locks).toHaveLength(1)
      await locks[0]?.release()
      expect(await readdir(folder)).toEqual([])
    },
  )

  it("takes over a dead holder's whose end nobody has asked about", async () => {
    // A shell that starts a process, then replaces itself with another program and so never waits for it.
    const parent = spawn('sh', ['-c', `${process.execPath} -e 'setInterval(String, 1000)' & echo $!; exec sleep 1000`])
    children.push(parent)
    const [line] = (await once(parent.stdout, 'data')) as [Buffer]
    const pid = Number(line.toString())
    await eventually(async () => expect(await readFile(`/proc/${pid}/stat`, 'utf8')).toContain('(node)'))
    const myself = await describeMyself()
    const stat = await readFile(`/proc/${pid}/stat`, 'utf8')
    const start = stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19]
    await write({ ...myself, pid, processStart: myself.processStart.replace(/[^/]+$/, start ?? '') })
    await expect(lockFolder(folder)).rejects.toThrow(`process ${pid}`)
    process.kill(pid, 'SIGKILL')
    await eventually(async () => expect(await readFile(`/proc/${pid}/stat`, 'utf8')).toContain(') Z '))
    await (await lockFolder(folder)).release()
    expect(await readdir(folder)).toEqual([])
  })

  it('takes over from a dead holder whose number another process has now', async () => {
    const myself = await describeMyself()
    await write({ ...myself, pid: await startProcess() })
    await (await lockFolder(folder)).release()
    // Before a reboot this very ID may have been the hub's.
    await write({ ...myself, processStart: myself.processStart.replace(/^[^/]+/, 'another-boot') })
    await (await lockFolder(folder)).release()
    expect(await readdir(folder)).toEqual([])
  })

  it.each([
    ['that lives, however slow', async (myself: Holder) => myself],
    ['that lives, where nothing tells it from another', async (myself: Holder) => ({ ...myself, processStart: '-' })],
    ['on another machine', async (myself: Holder) => ({ ...myself, host: 'elsewhere', pid: await deadProcess() })],
    [
      'in another container, without a sign',
      async (myself: Holder) => ({
        ...myself,
        processStart: myself.processStart.replace(/pid:\[\d+\]/, 'pid:[1]'),
        pid: await deadProcess(),
      }),
    ],
    ['whose sign was taken away', async (myself: Holder) => ({ ...myself, sign: 'hub-0123456789abcdef.socket' })],
    ['whose sign is none', async (myself: Holder) => ({ ...myself, sign: '../hub.socket', pid: await deadProcess() })],
  ])('never takes it from a holder %s', async (_name, describeHolder) => {
    const holder = await describeHolder(await describeMyself())
    await write(holder)
    const text = await readFile(lockFile(), 'utf8')
    await expect(lockFolder(folder)).rejects.toThrow(`process ${holder.pid} on ${holder.host}, since ${holder.since}`)
    expect(await readFile(lockFile(), 'utf8')).toBe(text)
    expect(await readdir(folder)).toEqual(['hub.lock'])
  })

  it("lets one of many have a dead holder's lock, whenever they come", async () => {
    const dead = { ...(await describeMyself()), pid: await deadProcess() }
    const turnOfTheLoop = () => new Promise((resolve) => setImmediate(resolve))
    for (let turn = 0; turn < 100; turn++) {
      await write({ ...dead, since: String(turn) })
      const results = await Promise.allSettled(
        Array.from({ length: 10 }, async (_, index) => {
          for (let wait = (index * turn) % 13; wait > 0; wait--) await turnOfTheLoop()
          return lockFolder(folder)
        }),
      )
      const locks = results.flatMap((result) => (result.status === 'fulfilled' ? [result.value] : []))
      expect(locks).toHaveLength(1)
      await locks[0]?.release()
      expect(await readdir(folder)).toEqual([])
    }
  })

  it('is not held up by one who died while it took a lock over', async () => {
    const dead = JSON.stringify({ ...(await describeMyself()), pid: await deadProcess() })
    await writeFile(lockFile(), dead)
    const digest = createHash('sha256').update(dead).digest('hex').slice(0, 16)
    await writeFile(`${lockFile()}.${digest}`, JSON.stringify({ ...JSON.parse(dead), pid: await deadProcess() }))
    const lock = await lockFolder(folder)
    await expect(lockFolder(folder)).rejects.toThrow(StartFault)
    await lock.release()
    expect(await readdir(folder)).toEqual([])
  })

  it("does not release another's", async () => {
    const lock = await lockFolder(folder)
    await write({ pid: 1, host: 'elsewhere', processStart: '-', since: 'now' })
    await lock.release()
    expect(await readdir(folder)).toEqual(['hub.lock'])
  })

  it('says in a sentence when the folder cannot be made or written', async () => {
    await writeFile(path.join(folder, 'file'), '')
    await expect(lockFolder(path.join(folder, 'file', 'data'))).rejects.toThrow(
      /^The data folder .* cannot be created \(ENOTDIR\): name another with OVERLAPS_DATA_DIR\.$/,
    )
    await expect(lockFolder(path.join(folder, 'file'))).rejects.toThrow(StartFault)
  })
})
