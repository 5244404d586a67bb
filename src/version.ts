/** A test compares it with `package.json`, which `dist` does not have. */
export const VERSION = '0.1.0'
