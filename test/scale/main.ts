import { capacityTable, costTable, quotaTable } from './tables.ts';

// The tables of docs/scale.md.
console.log([await costTable(), await capacityTable(), quotaTable()].join('\n\n'));
