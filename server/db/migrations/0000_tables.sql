CREATE TABLE "accounts" (
	"account_id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"name" text NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "api_keys" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"account_id" uuid NOT NULL,
	"lookup" char(8) NOT NULL,
	"hash" "bytea" NOT NULL,
	"name" text NOT NULL,
	"scopes" text[] NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"last_used_at" timestamp (3) with time zone,
	"revoked_at" timestamp (3) with time zone,
	CONSTRAINT "api_keys_lookup_unique" UNIQUE("lookup")
);
--> statement-breakpoint
CREATE TABLE "audit" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "audit_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"account_id" uuid NOT NULL,
	"at" timestamp (3) with time zone DEFAULT clock_timestamp() NOT NULL,
	"actor" text NOT NULL,
	"action" text NOT NULL,
	"scan_id" uuid,
	"request_id" text,
	"facts" jsonb NOT NULL
);
--> statement-breakpoint
CREATE TABLE "checkpoints" (
	"scan_id" uuid NOT NULL,
	"step" text NOT NULL,
	"account_id" uuid NOT NULL,
	"version" integer NOT NULL,
	"status" text NOT NULL,
	"message" text NOT NULL,
	"metadata" jsonb NOT NULL,
	"duration_ms" integer NOT NULL,
	"artifacts" jsonb NOT NULL,
	"attempts" integer NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "checkpoints_scan_id_step_pk" PRIMARY KEY("scan_id","step")
);
--> statement-breakpoint
CREATE TABLE "client_versions" (
	"account_id" uuid NOT NULL,
	"client" text NOT NULL,
	"day" date NOT NULL,
	"count" integer DEFAULT 0 NOT NULL,
	CONSTRAINT "client_versions_account_id_client_day_pk" PRIMARY KEY("account_id","client","day")
);
--> statement-breakpoint
CREATE TABLE "connect_codes" (
	"hash" "bytea" PRIMARY KEY NOT NULL,
	"account_id" uuid NOT NULL,
	"expires_at" timestamp (3) with time zone NOT NULL,
	"used_at" timestamp (3) with time zone
);
--> statement-breakpoint
CREATE TABLE "event_counters" (
	"scan_id" uuid PRIMARY KEY NOT NULL,
	"account_id" uuid NOT NULL,
	"next_seq" bigint DEFAULT 1 NOT NULL
);
--> statement-breakpoint
CREATE TABLE "events" (
	"scan_id" uuid NOT NULL,
	"seq" bigint NOT NULL,
	"account_id" uuid NOT NULL,
	"step" text NOT NULL,
	"status" text NOT NULL,
	"message" text NOT NULL,
	"metadata" jsonb NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT clock_timestamp() NOT NULL,
	CONSTRAINT "events_scan_id_seq_pk" PRIMARY KEY("scan_id","seq")
);
--> statement-breakpoint
CREATE TABLE "rate_limits" (
	"key" text PRIMARY KEY NOT NULL,
	"points" integer NOT NULL,
	"expire" timestamp (3) with time zone
);
--> statement-breakpoint
CREATE TABLE "scans" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"account_id" uuid NOT NULL,
	"slug" text NOT NULL,
	"status" text DEFAULT 'recording' NOT NULL,
	"target_url" text NOT NULL,
	"intent_text" text DEFAULT '' NOT NULL,
	"starter_template" text DEFAULT 'custom' NOT NULL,
	"consent" jsonb,
	"source" text DEFAULT 'recording' NOT NULL,
	"idempotency_key" text,
	"client" text,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"sealed_at" timestamp (3) with time zone,
	"finished_at" timestamp (3) with time zone,
	"failed_step" text,
	"verdict" text,
	"shared_at" timestamp (3) with time zone,
	"share_expires_at" timestamp (3) with time zone,
	"wrapped_key" "bytea",
	"placeholder_key" "bytea",
	"vault_closed_at" timestamp (3) with time zone,
	"erased_at" timestamp (3) with time zone,
	"run" integer DEFAULT 1 NOT NULL,
	"attempts" integer DEFAULT 0 NOT NULL,
	CONSTRAINT "scans_slug_unique" UNIQUE("slug"),
	CONSTRAINT "scans_idempotency" UNIQUE("account_id","idempotency_key"),
	CONSTRAINT "scans_owner" UNIQUE("id","account_id")
);
--> statement-breakpoint
CREATE TABLE "segments" (
	"scan_id" uuid NOT NULL,
	"n" integer NOT NULL,
	"account_id" uuid NOT NULL,
	"sha256" text NOT NULL,
	"bytes" bigint NOT NULL,
	"expanded_bytes" bigint NOT NULL,
	"lines" integer NOT NULL,
	"blob_key" text NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "segments_scan_id_n_pk" PRIMARY KEY("scan_id","n")
);
--> statement-breakpoint
CREATE TABLE "validation_runs" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "validation_runs_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"scan_id" uuid NOT NULL,
	"account_id" uuid NOT NULL,
	"run" integer NOT NULL,
	"endpoint" text NOT NULL,
	"exchange" text NOT NULL,
	"client" text NOT NULL,
	"tier" text NOT NULL,
	"session" text NOT NULL,
	"outcome" text NOT NULL,
	"status" integer,
	"duration_ms" integer,
	"bytes" bigint,
	"reason" text NOT NULL,
	"at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
ALTER TABLE "api_keys" ADD CONSTRAINT "api_keys_account_id_accounts_account_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."accounts"("account_id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "audit" ADD CONSTRAINT "audit_account_id_accounts_account_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."accounts"("account_id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "checkpoints" ADD CONSTRAINT "checkpoints_scan_id_account_id_scans_id_account_id_fk" FOREIGN KEY ("scan_id","account_id") REFERENCES "public"."scans"("id","account_id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "client_versions" ADD CONSTRAINT "client_versions_account_id_accounts_account_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."accounts"("account_id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "connect_codes" ADD CONSTRAINT "connect_codes_account_id_accounts_account_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."accounts"("account_id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "event_counters" ADD CONSTRAINT "event_counters_scan_id_account_id_scans_id_account_id_fk" FOREIGN KEY ("scan_id","account_id") REFERENCES "public"."scans"("id","account_id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "events" ADD CONSTRAINT "events_scan_id_account_id_scans_id_account_id_fk" FOREIGN KEY ("scan_id","account_id") REFERENCES "public"."scans"("id","account_id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "scans" ADD CONSTRAINT "scans_account_id_accounts_account_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."accounts"("account_id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "segments" ADD CONSTRAINT "segments_scan_id_account_id_scans_id_account_id_fk" FOREIGN KEY ("scan_id","account_id") REFERENCES "public"."scans"("id","account_id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "validation_runs" ADD CONSTRAINT "validation_runs_scan_id_account_id_scans_id_account_id_fk" FOREIGN KEY ("scan_id","account_id") REFERENCES "public"."scans"("id","account_id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "api_keys_account" ON "api_keys" USING btree ("account_id");--> statement-breakpoint
CREATE INDEX "audit_account" ON "audit" USING btree ("account_id","id");--> statement-breakpoint
CREATE INDEX "scans_account_created" ON "scans" USING btree ("account_id","created_at","id");--> statement-breakpoint
CREATE INDEX "scans_status" ON "scans" USING btree ("status","created_at");--> statement-breakpoint
CREATE INDEX "validation_runs_scan" ON "validation_runs" USING btree ("scan_id","run","id");