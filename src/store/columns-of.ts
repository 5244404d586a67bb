/** Columns for a select list, of such as `Prisma.ChannelScalarFieldEnum`, so that the rows are what their type says. */
export function columnsOf(fields: Readonly<Record<string, string>>, alias?: string): string {
  const prefix = alias === undefined ? '' : `${alias}.`
  return Object.values(fields)
    .map((column) => `${prefix}"${column}"`)
    .join(', ')
}
