import { foreignKey, type ExtraConfigColumn } from 'drizzle-orm/pg-core';
import { scans } from './scans.ts';

/** A row of a scan carries the scan's own account; the pair is the foreign key, so no row can belong to another tenant. */
export const ofScan = (table: { scanId: ExtraConfigColumn; accountId: ExtraConfigColumn }) =>
  foreignKey({ columns: [table.scanId, table.accountId], foreignColumns: [scans.id, scans.accountId] }).onDelete(
    'cascade',
  );
