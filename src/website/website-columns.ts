import { Prisma } from '../generated/prisma/client.js'

const COLUMNS = Object.values(Prisma.WebsiteScalarFieldEnum).map((column) => `"${column}"`)

/** What a statement selects for a whole `Website`. */
export const WEBSITE_COLUMNS = COLUMNS.join(', ')

/** As `WEBSITE_COLUMNS`, of the table that a statement calls `w`. */
export const WEBSITE_COLUMNS_OF_W = COLUMNS.map((column) => `w.${column}`).join(', ')
