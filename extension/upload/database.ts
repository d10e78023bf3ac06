/**
 * `chunks`: lines not yet in a segment. `segments`: number, size and digest of each. `bytes`: those of the segments that the server
 * does not have yet. `requests`: the capture side's own records.
 */
export const STORES = ['recording', 'chunks', 'segments', 'bytes', 'requests'] as const;
export type StoreName = (typeof STORES)[number];

const NAME = 'browser-recon';
const VERSION = 1;

export function settle<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => {
      resolve(request.result);
    };
    request.onerror = () => {
      reject(request.error ?? new Error('The database refused a request.'));
    };
  });
}

export function finish(transaction: IDBTransaction): Promise<void> {
  return new Promise((resolve, reject) => {
    transaction.oncomplete = () => {
      resolve();
    };
    transaction.onerror = transaction.onabort = () => {
      reject(transaction.error ?? new Error('The database aborted a transaction.'));
    };
  });
}

export function openDatabase(factory: IDBFactory): Promise<IDBDatabase> {
  const request = factory.open(NAME, VERSION);
  request.onupgradeneeded = () => {
    const database = request.result;
    database.createObjectStore('recording', { keyPath: 'version' });
    database.createObjectStore('chunks', { keyPath: 'id', autoIncrement: true });
    database.createObjectStore('segments', { keyPath: 'n' });
    database.createObjectStore('bytes', { keyPath: 'n' });
    database.createObjectStore('requests', { keyPath: 'key' });
  };
  return settle(request);
}
