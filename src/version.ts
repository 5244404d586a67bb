/** Of this package, as `package.json` says; a test holds the two together, for `dist` has no package file of its own. */
export const VERSION = '0.1.0'
