/**
 * Rounds are closed in the order of their instants, so none may begin that lies before one being closed. Whoever begins
 * a round holds this lock shared, whoever seals one alone: who looks then sees what the other has done.
 */
export const ORDER_OF_ROUNDS_LOCK = 8_081_010
