/** Generated from the routes by `pnpm --filter @browser-recon/sdk generate`; never edited. */
export interface paths {
    "/healthz": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Whether the process answers */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description It does */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            /** @enum {boolean} */
                            ok: true;
                        };
                    };
                };
                /** @description Refused or failed */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Error"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/readyz": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Whether database, blobs and queue can be reached */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description All of them can */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            /** @enum {boolean} */
                            ok: true;
                        };
                    };
                };
                /** @description Refused or failed */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Error"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/metrics": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Counters for Prometheus
         * @description Open on the machine itself; from elsewhere it takes a key with the scope `admin`.
         */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Prometheus text */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "text/plain": string;
                    };
                };
                /** @description Refused or failed */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Error"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/version": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Versions of server and clients */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Versions */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Version"];
                    };
                };
                /** @description Refused or failed */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Error"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/connect": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Change a one-time code into a key
         * @description Only from the machine the server runs on. The terminal shows the code; it works once, for five minutes.
         */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["Connect"];
                };
            };
            responses: {
                /** @description The key */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Connected"];
                    };
                };
                /** @description Refused or failed */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Error"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/keys": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List the keys of this account */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description The keys */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["KeyList"];
                    };
                };
                /** @description Refused or failed */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Error"];
                    };
                };
            };
        };
        put?: never;
        /**
         * Make a key
         * @description The key is shown this once. It cannot give a scope that the key asking for it lacks.
         */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["NewKey"];
                };
            };
            responses: {
                /** @description The key */
                201: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["CreatedKey"];
                    };
                };
                /** @description Refused or failed */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Error"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/keys/{keyId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** Revoke a key at once */
        delete: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    keyId: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Revoked */
                204: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                /** @description Refused or failed */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Error"];
                    };
                };
            };
        };
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/templates": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Starter templates */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description The templates */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["TemplateList"];
                    };
                };
                /** @description Refused or failed */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Error"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/scans": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List scans, newest first */
        get: {
            parameters: {
                query?: {
                    /** @description `next` of the page before */
                    cursor?: string;
                    limit?: number;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description A page of scans */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ScanList"];
                    };
                };
                /** @description Refused or failed */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Error"];
                    };
                };
            };
        };
        put?: never;
        /** Begin a scan */
        post: {
            parameters: {
                query?: never;
                header?: {
                    /** @description The same key with the same body gives the same scan */
                    "idempotency-key"?: string;
                };
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["NewScan"];
                };
            };
            responses: {
                /** @description The scan */
                201: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["CreatedScan"];
                    };
                };
                /** @description Refused or failed */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Error"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/scans/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Read a scan */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description The scan */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Scan"];
                    };
                };
                /** @description Refused or failed */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Error"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        /** Erase a scan, its recording and its report for good */
        delete: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Erased */
                204: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                /** @description Refused or failed */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Error"];
                    };
                };
            };
        };
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/scans/{id}/rerun": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Run the pipeline again from a step on */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["Rerun"];
                };
            };
            responses: {
                /** @description Queued */
                202: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["CaptureAccepted"];
                    };
                };
                /** @description Refused or failed */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Error"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/scans/{id}/segments/{n}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Upload one segment of a recording
         * @description Gzip of NDJSON capture lines. The same digest again changes nothing; another digest under the same number is refused with 409.
         */
        put: {
            parameters: {
                query?: never;
                header: {
                    /** @description `sha-256=:<base64>:` of the body as sent (RFC 9530) */
                    "content-digest": string;
                };
                path: {
                    id: string;
                    n: number;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/gzip": string;
                };
            };
            responses: {
                /** @description It is stored */
                204: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                /** @description Refused or failed */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Error"];
                    };
                };
            };
        };
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/scans/{id}/capture": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Seal a recording, or send a whole capture at once
         * @description With `segments`: everything uploaded is as listed, and processing begins. With `capture`: a HAR or capture lines of at most 5 MB; the id may be `new` to begin a scan with it.
         */
        post: {
            parameters: {
                query?: never;
                header?: {
                    /** @description The same key with the same body gives the same scan */
                    "idempotency-key"?: string;
                };
                path: {
                    /** @description Id of the scan, or `new` */
                    id: string | "new";
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["SealCapture"] | components["schemas"]["OneShotCapture"];
                };
            };
            responses: {
                /** @description Queued */
                202: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["CaptureAccepted"];
                    };
                };
                /** @description Refused or failed */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Error"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/scans/{id}/complete": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Gone: the route of clients before 0.3
         * @deprecated
         */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Refused or failed */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Error"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/scans/{id}/events": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What happened since a cursor
         * @description Answers at once, or with `waitMs` as soon as there is an event or the time is over. At most 500 events an answer.
         */
        get: {
            parameters: {
                query?: {
                    /** @description The `cursor` of the last answer, or an ISO 8601 time */
                    since?: string;
                    waitMs?: number | null;
                };
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Events in order */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Events"];
                    };
                };
                /** @description Refused or failed */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Error"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/scans/{id}/events/stream": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The same as server-sent events
         * @description Each message has the event’s `seq` as its id; `Last-Event-ID` continues after one. A message `scan` tells the state when it changes. Ends when the scan does; asked again after that, it answers 204.
         */
        get: {
            parameters: {
                query?: {
                    since?: string;
                };
                header?: {
                    "last-event-id"?: number | null;
                };
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Events */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "text/event-stream": string;
                    };
                };
                /** @description The scan has ended and everything was told */
                204: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                /** @description Refused or failed */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Error"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/scans/{id}/share": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Let anyone with the address read the report */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["NewShare"];
                };
            };
            responses: {
                /** @description Shared */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Share"];
                    };
                };
                /** @description Refused or failed */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Error"];
                    };
                };
            };
        };
        /**
         * Take that leave back
         * @description The report moves to a new address; the old one answers 404 from now on.
         */
        delete: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description No longer shared */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Share"];
                    };
                };
                /** @description Refused or failed */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Error"];
                    };
                };
            };
        };
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/scans/{id}/ticket": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * An address that opens the report in a browser as its owner
         * @description Good for one minute. It sets a cookie for this report alone and leads to the clean address.
         */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description The address */
                201: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Ticket"];
                    };
                };
                /** @description Refused or failed */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Error"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/r/{slug}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The report as a page
         * @description Readable by its owner (key, or the cookie of a ticket) and, once shared, by anyone with the address.
         */
        get: {
            parameters: {
                query?: {
                    ticket?: string;
                };
                header?: never;
                path: {
                    slug: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description The report, or how far it is */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "text/html": string;
                    };
                };
                /** @description A ticket was taken; go on without it */
                302: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                /** @description Refused or failed */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Error"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/r/{slug}/starter/{language}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Starter code
         * @description Readable by its owner (key, or the cookie of a ticket) and, once shared, by anyone with the address.
         */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    slug: string;
                    language: "typescript" | "python";
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description The code */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "text/plain": string;
                    };
                };
                /** @description Refused or failed */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Error"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/r/{slug}/{file}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The report in another form
         * @description Readable by its owner (key, or the cookie of a ticket) and, once shared, by anyone with the address. `openapi.json` and `openapi.yaml` describe one API origin: the first party’s, or the one in `origin`.
         */
        get: {
            parameters: {
                query?: {
                    origin?: string;
                };
                header?: never;
                path: {
                    slug: string;
                    file: "report.json" | "openapi.json" | "openapi.yaml" | "api.md" | "capture.har" | "postman.json" | "mcp.json" | "report.html";
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description The file */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/octet-stream": string;
                    };
                };
                /** @description Refused or failed */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Error"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        Error: {
            error: {
                /** @enum {string} */
                code: "INVALID_JSON" | "INVALID_GZIP" | "INVALID_SEGMENT" | "UNAUTHENTICATED" | "FORBIDDEN" | "NOT_FOUND" | "CONFLICT" | "SEGMENT_CONFLICT" | "SCAN_STATE" | "VAULT_CLOSED" | "CLIENT_TOO_OLD" | "GONE" | "TOO_LARGE" | "UNSUPPORTED_MEDIA_TYPE" | "INVALID_BODY" | "RATE_LIMITED" | "INTERNAL_ERROR" | "UNAVAILABLE" | "DISK_FULL";
                message: string;
                details?: unknown;
                requestId: string;
            };
        };
        Version: {
            server: string;
            latestClient: string;
            minClient: string;
            upgradeUrl: string;
        };
        Connected: {
            key: string;
            server: string;
        };
        Connect: {
            code: string;
        };
        CreatedKey: {
            id: string;
            name: string;
            scopes: ("scan" | "session" | "admin")[];
            /** Format: date-time */
            createdAt: string;
            /** Format: date-time */
            lastUsedAt: string | null;
            /** Format: date-time */
            revokedAt: string | null;
            key: string;
        };
        NewKey: {
            name: string;
            /**
             * @default [
             *       "scan"
             *     ]
             */
            scopes: ("scan" | "session" | "admin")[];
        };
        KeyList: {
            keys: {
                id: string;
                name: string;
                scopes: ("scan" | "session" | "admin")[];
                /** Format: date-time */
                createdAt: string;
                /** Format: date-time */
                lastUsedAt: string | null;
                /** Format: date-time */
                revokedAt: string | null;
            }[];
        };
        TemplateList: {
            templates: {
                /** @enum {string} */
                id: "products" | "search" | "reviews" | "listings" | "jobs" | "feed" | "custom";
                title: string;
                intentHint: string;
                fields: string[];
            }[];
        };
        CreatedScan: {
            /** Format: uuid */
            scanId: string;
            reportUrl: string;
            eventsUrl: string;
            limits: {
                segmentBytes: number;
                segmentExpandedBytes: number;
                scanBytes: number;
                scanExpandedBytes: number;
                warnBytes: number;
            };
        };
        NewScan: {
            /** Format: uri */
            targetUrl: string;
            /** @default  */
            intentText: string;
            /**
             * @default custom
             * @enum {string}
             */
            starterTemplate: "products" | "search" | "reviews" | "listings" | "jobs" | "feed" | "custom";
            consent: {
                /** @enum {boolean} */
                entitled: true;
                /**
                 * @default anonymous
                 * @enum {string}
                 */
                replay: "off" | "anonymous" | "session";
                /** @default false */
                model: boolean;
            };
        };
        ScanList: {
            scans: {
                /** Format: uuid */
                scanId: string;
                /** @enum {string} */
                status: "recording" | "uploading" | "queued" | "processing" | "complete" | "failed" | "parked" | "expired" | "erased";
                targetUrl: string;
                intentText: string;
                /** @enum {string} */
                starterTemplate: "products" | "search" | "reviews" | "listings" | "jobs" | "feed" | "custom";
                /** Format: date-time */
                createdAt: string;
                /** Format: date-time */
                finishedAt: string | null;
                failedStep: string | null;
                reportUrl: string;
                verdict: string | null;
            }[];
            next: string | null;
        };
        Scan: {
            /** Format: uuid */
            scanId: string;
            /** @enum {string} */
            status: "recording" | "uploading" | "queued" | "processing" | "complete" | "failed" | "parked" | "expired" | "erased";
            targetUrl: string;
            intentText: string;
            /** @enum {string} */
            starterTemplate: "products" | "search" | "reviews" | "listings" | "jobs" | "feed" | "custom";
            /** Format: date-time */
            createdAt: string;
            /** Format: date-time */
            finishedAt: string | null;
            failedStep: string | null;
            reportUrl: string;
            verdict: string | null;
        };
        CaptureAccepted: {
            /** Format: uuid */
            scanId: string;
            /** @enum {string} */
            status: "recording" | "uploading" | "queued" | "processing" | "complete" | "failed" | "parked" | "expired" | "erased";
            eventsUrl: string;
            reportUrl: string;
        };
        Rerun: {
            /** @enum {string} */
            fromStep: "ingest" | "detection" | "analysis" | "scrub" | "intent_filter" | "validation" | "synthesis" | "render";
        };
        SealCapture: {
            segments: {
                n: number;
                sha256: string;
                bytes: number;
            }[];
        };
        OneShotCapture: {
            /** Format: uri */
            targetUrl: string;
            /** @default  */
            intentText: string;
            /**
             * @default custom
             * @enum {string}
             */
            starterTemplate: "products" | "search" | "reviews" | "listings" | "jobs" | "feed" | "custom";
            consent?: {
                /** @enum {boolean} */
                entitled: true;
                /**
                 * @default anonymous
                 * @enum {string}
                 */
                replay: "off" | "anonymous" | "session";
                /** @default false */
                model: boolean;
            };
            capture: {
                har: {
                    [key: string]: unknown;
                };
            } | {
                entries: {
                    [key: string]: unknown;
                }[];
            };
        };
        Events: {
            events: {
                seq: number;
                step: ("ingest" | "detection" | "analysis" | "scrub" | "intent_filter" | "validation" | "synthesis" | "render") | "scan";
                /** @enum {string} */
                status: "started" | "progress" | "complete" | "errored" | "skipped";
                message: string;
                metadata: {
                    [key: string]: string | number | boolean | null;
                };
                /** Format: date-time */
                createdAt: string;
            }[];
            cursor: number;
            scan: {
                /** Format: uuid */
                scanId: string;
                /** @enum {string} */
                status: "recording" | "uploading" | "queued" | "processing" | "complete" | "failed" | "parked" | "expired" | "erased";
                failedStep: string | null;
                reportUrl: string;
                verdict: string | null;
            };
        };
        Share: {
            reportUrl: string;
            shared: boolean;
            /** Format: date-time */
            expiresAt: string | null;
        };
        NewShare: {
            /** Format: date-time */
            expiresAt?: string;
        };
        Ticket: {
            /** Format: uri */
            url: string;
            /** Format: date-time */
            expiresAt: string;
        };
    };
    responses: never;
    parameters: never;
    requestBodies: never;
    headers: never;
    pathItems: never;
}
export type $defs = Record<string, never>;
export type operations = Record<string, never>;
