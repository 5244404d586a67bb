import { Prisma } from '../generated/prisma/client.js'

/**
 * The columns of a model for a statement's select list, so that its rows are what their type says.
 * @param alias what the statement calls the table.
 */
export function columnsOf(model: Prisma.ModelName, alias: string = `"${model}"`): string {
  const columns = Object.values(Prisma[`${model}ScalarFieldEnum`])
  return columns.map((column) => `${alias}."${column}"`).join(', ')
}
