/** A small shop as the pipeline would see it, and its hostile twin; what the tests of exporters, page and steps start from. */
export { HOSTILE_TEXTS, buildHostileExchanges, buildHostileReport } from './hostile-report.ts';
export { buildEndpoint, buildParameter, productSchema } from './shop-endpoints.ts';
export { buildExchange, buildShopExchanges } from './shop-exchanges.ts';
export { buildShopReport } from './shop-report.ts';
