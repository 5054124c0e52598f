/** The order in which a fleet goes from 401 to 200 (or back) without losing a master. */
export const changeOverFix =
  "first set `http-check expect status 200,401` on every node, then change the masters one by one, then tighten the check";
