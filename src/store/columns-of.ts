/**
 * The columns of a model for a statement's select list, so that its rows are what their type says.
 * @param fields such as `Prisma.ChannelScalarFieldEnum`.
 * @param alias what the statement calls the table.
 */
export function columnsOf(fields: Readonly<Record<string, string>>, alias?: string): string {
  const prefix = alias === undefined ? '' : `${alias}.`
  return Object.values(fields)
    .map((column) => `${prefix}"${column}"`)
    .join(', ')
}
