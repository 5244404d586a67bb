import { randomBytes } from 'node:crypto'
import { open, readdir, statfs, unlink } from 'node:fs/promises'
import { connect, createServer } from 'node:net'
import path from 'node:path'

/** A UNIX socket in a folder: the kernel takes connections for a process that lives, also one that is stopped, and for no other. */
export interface LifeSign {
  name: string
  close(): Promise<void>
}

/** `REFUSED`: nobody of this kernel listens any more. `ABSENT`: no such file. `UNCLEAR`: the kernel does not say. */
export type Answer = 'ACCEPTED' | 'REFUSED' | 'ABSENT' | 'UNCLEAR'

const NAME = /^hub-[0-9a-f]{16}\.socket$/
const NAME_BYTES = 8
/** The kernels' limits are 104 and 108 bytes. */
const PATH_MAX_BYTES = 100

/** Gives a sign of life in a folder until it is closed or the process ends. Null where the system has no such sockets. */
export async function giveLifeSign(folder: string): Promise<LifeSign | null> {
  const name = `hub-${randomBytes(NAME_BYTES).toString('hex')}.socket`
  const place = await shortPath(folder, name)
  if (place === null) return null
  // Whoever knocks only wants to be let in.
  const server = createServer((socket) => socket.destroy())
  const listens = await new Promise<boolean>((resolve) => {
    server.once('error', () => resolve(false))
    server.listen(place.path, () => resolve(true))
  })
  if (!listens) {
    await place.close()
    return null
  }
  server.unref()
  return {
    name,
    async close() {
      await new Promise((resolve) => {
        server.close(resolve)
      })
      await place.close()
    },
  }
}

/** Asks the kernel whether whoever has given a sign lives. */
export async function askLifeSign(folder: string, name: string): Promise<Answer> {
  const place = NAME.test(name) ? await shortPath(folder, name) : null
  if (place === null) return 'UNCLEAR'
  const answer = await new Promise<Answer>((resolve) => {
    const socket = connect(place.path)
    socket.once('connect', () => {
      socket.destroy()
      resolve('ACCEPTED')
    })
    socket.once('error', ({ code }: NodeJS.ErrnoException) => {
      resolve(code === 'ECONNREFUSED' ? 'REFUSED' : code === 'ENOENT' ? 'ABSENT' : 'UNCLEAR')
    })
  })
  await place.close()
  return answer
}

export async function listLifeSigns(folder: string): Promise<string[]> {
  return (await readdir(folder)).filter((name) => NAME.test(name))
}

export async function removeDeadLifeSigns(folder: string): Promise<void> {
  for (const name of await listLifeSigns(folder)) {
    if ((await askLifeSign(folder, name)) !== 'REFUSED') continue
    await unlink(path.join(folder, name)).catch(() => undefined)
  }
}

/** File systems that one kernel has to itself, by their numbers in statfs(2): ext, XFS, Btrfs, tmpfs, ramfs, overlay, F2FS, ZFS, bcachefs. */
const LOCAL_FILE_SYSTEMS = new Set([
  0xef53, 0x58465342, 0x9123683e, 0x01021994, 0x858458f6, 0x794c7630, 0xf2f52010, 0x2fc12fc1, 0xca451a4e,
])

/** Whether no other machine can have given a sign in a folder. */
export async function isOfThisKernelAlone(folder: string): Promise<boolean> {
  return LOCAL_FILE_SYSTEMS.has((await statfs(folder)).type)
}

/** A path that a socket's address has room for, until it is closed: Linux knows an open folder by a short name. */
async function shortPath(folder: string, name: string): Promise<{ path: string; close(): Promise<void> } | null> {
  const whole = path.join(folder, name)
  if (Buffer.byteLength(whole) <= PATH_MAX_BYTES) return { path: whole, close: async () => undefined }
  if (process.platform !== 'linux') return null
  const handle = await open(folder).catch(() => null)
  return handle && { path: `/proc/self/fd/${handle.fd}/${name}`, close: () => handle.close() }
}
