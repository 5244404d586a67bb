/** What is wrong with the path of a key file and what to do, by the system's code. */
export function keyFileFault(path: string, code: string): string {
  return `The key file ${path} ${ADVICE[code] ?? 'cannot be opened: check the path and its owner'} (${code}).`
}

export function danglingLink(path: string, target: string): string {
  return `The key file ${path} is a link to ${target}, which is not there: mount or restore what it leads to, or remove the link to have a new key made.`
}

const ADVICE: Readonly<Record<string, string>> = {
  EISDIR: 'is a directory: give the path of a file in it with --key',
  ENOENT: 'cannot be made, for its directory is not there: create that, or give another path with --key',
  ENOTDIR: 'is inside something that is no directory: give another path with --key',
  ELOOP: 'is a link that leads back to itself: give the path of the file with --key',
  ENAMETOOLONG: 'has too long a name: give another path with --key',
  EACCES: 'may not be opened by this user: check who owns it and its directory',
  EPERM: 'may not be opened by this user: check who owns it and its directory',
  EROFS: 'cannot be made on a read-only file system: give another path with --key',
  ENOSPC: 'cannot be written, for the disk is full: nothing was kept; make room',
  EDQUOT: 'cannot be written, for the quota of the disk is used up: nothing was kept; make room',
  EMFILE: 'cannot be opened, for this process may open no more files: raise ulimit -n',
  ENFILE: 'cannot be opened, for this machine has too many files open',
  EIO: 'cannot be read or written: the disk fails',
}
