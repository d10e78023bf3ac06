-- Two roles: recon_app is whom the server connects as; recon_definer owns the few look-ups that need no account.
DO $$
BEGIN
  BEGIN
    CREATE ROLE recon_app LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOBYPASSRLS;
  EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL;
  END;
  BEGIN
    CREATE ROLE recon_definer NOLOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOBYPASSRLS;
  EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL;
  END;
  -- An owner that is no superuser must be a member to hand them objects; since PostgreSQL 16 having made a role is not enough.
  IF NOT (SELECT rolsuper FROM pg_roles WHERE rolname = current_user) THEN
    BEGIN
      GRANT recon_app, recon_definer TO CURRENT_USER;
    EXCEPTION WHEN insufficient_privilege THEN NULL;
    END;
  END IF;
END
$$;
--> statement-breakpoint
REVOKE CREATE ON SCHEMA public FROM PUBLIC;
--> statement-breakpoint
GRANT USAGE ON SCHEMA public TO recon_app;
--> statement-breakpoint
GRANT USAGE, CREATE ON SCHEMA public TO recon_definer;
--> statement-breakpoint
-- Every table shows an account its own rows only, to the owner too (FORCE); recon_definer sees all, and nobody can log in as it.
DO $$
DECLARE
  name text;
BEGIN
  FOREACH name IN ARRAY ARRAY['accounts', 'api_keys', 'audit', 'checkpoints', 'client_versions', 'connect_codes',
    'event_counters', 'events', 'scans', 'segments', 'validation_runs']
  LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', name);
    EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', name);
    EXECUTE format(
      'CREATE POLICY own_account ON %I TO recon_app '
      'USING (account_id = nullif(current_setting(''recon.account_id'', true), '''')::uuid) '
      'WITH CHECK (account_id = nullif(current_setting(''recon.account_id'', true), '''')::uuid)', name);
    EXECUTE format('CREATE POLICY lookups ON %I TO recon_definer USING (true) WITH CHECK (true)', name);
    EXECUTE format('GRANT SELECT, INSERT ON %I TO recon_app', name);
  END LOOP;
END
$$;
--> statement-breakpoint
-- Counters of the limiter belong to no account; only the server's role reaches them.
ALTER TABLE rate_limits ENABLE ROW LEVEL SECURITY;
--> statement-breakpoint
ALTER TABLE rate_limits FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
CREATE POLICY server_only ON rate_limits TO recon_app USING (true) WITH CHECK (true);
--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE, DELETE ON rate_limits TO recon_app;
--> statement-breakpoint
-- events, validation_runs and audit are append-only; a scan's row outlives it as a tombstone.
GRANT UPDATE ON accounts, scans, event_counters TO recon_app;
--> statement-breakpoint
GRANT UPDATE, DELETE ON api_keys, checkpoints, client_versions, connect_codes, segments TO recon_app;
--> statement-breakpoint
GRANT SELECT ON accounts, api_keys, client_versions, connect_codes, scans TO recon_definer;
--> statement-breakpoint
GRANT INSERT ON accounts TO recon_definer;
--> statement-breakpoint
GRANT UPDATE ON api_keys, connect_codes, scans TO recon_definer;
--> statement-breakpoint
GRANT SELECT, DELETE ON checkpoints, event_counters, events, segments, validation_runs TO recon_definer;
--> statement-breakpoint
CREATE FUNCTION find_api_key(p_lookup text)
RETURNS TABLE (id uuid, account_id uuid, hash bytea, scopes text[], revoked_at timestamptz)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  UPDATE public.api_keys k SET last_used_at = now()
    WHERE k.lookup = p_lookup AND k.revoked_at IS NULL
      AND (k.last_used_at IS NULL OR k.last_used_at < now() - interval '1 minute');
  RETURN QUERY SELECT k.id, k.account_id, k.hash, k.scopes, k.revoked_at::timestamptz
    FROM public.api_keys k WHERE k.lookup = p_lookup;
END
$$;
--> statement-breakpoint
CREATE FUNCTION find_slug(p_slug text)
RETURNS TABLE (scan_id uuid, account_id uuid, status text, shared_at timestamptz, share_expires_at timestamptz)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT s.id, s.account_id, s.status, s.shared_at, s.share_expires_at FROM public.scans s WHERE s.slug = p_slug
$$;
--> statement-breakpoint
CREATE FUNCTION redeem_connect_code(p_hash bytea) RETURNS uuid
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  UPDATE public.connect_codes SET used_at = now()
    WHERE hash = p_hash AND used_at IS NULL AND expires_at > now() RETURNING account_id
$$;
--> statement-breakpoint
CREATE FUNCTION find_scan_account(p_scan uuid) RETURNS uuid
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT account_id FROM public.scans WHERE id = p_scan
$$;
--> statement-breakpoint
-- The account of that name, made when there is none.
CREATE FUNCTION ensure_account(p_name text) RETURNS uuid
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  found uuid;
BEGIN
  PERFORM pg_advisory_xact_lock(hashtextextended('ensure_account', 0));
  SELECT account_id INTO found FROM public.accounts WHERE name = p_name ORDER BY created_at LIMIT 1;
  IF found IS NULL THEN
    INSERT INTO public.accounts (name) VALUES (p_name) RETURNING account_id INTO found;
  END IF;
  RETURN found;
END
$$;
--> statement-breakpoint
-- unsealed: recordings nobody finished. waiting: queued or processing. vault: finished, key still there. report: past its keep.
CREATE FUNCTION stale_scans(p_kind text, p_age_seconds bigint, p_limit integer)
RETURNS TABLE (scan_id uuid, account_id uuid)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT s.id, s.account_id FROM public.scans s
  WHERE CASE p_kind
    WHEN 'unsealed' THEN s.status IN ('recording', 'uploading')
      AND s.created_at < now() - make_interval(secs => p_age_seconds)
    WHEN 'waiting' THEN s.status IN ('queued', 'processing')
      AND s.sealed_at < now() - make_interval(secs => p_age_seconds)
    WHEN 'vault' THEN s.wrapped_key IS NOT NULL AND s.status IN ('complete', 'failed', 'parked')
      AND s.finished_at < now() - make_interval(secs => p_age_seconds)
    WHEN 'report' THEN s.status IN ('complete', 'failed', 'parked', 'expired')
      AND coalesce(s.finished_at, s.created_at) < now() - make_interval(secs => p_age_seconds)
    ELSE false END
  ORDER BY s.created_at LIMIT p_limit
$$;
--> statement-breakpoint
CREATE FUNCTION count_scans() RETURNS TABLE (status text, count bigint)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT s.status, count(*) FROM public.scans s GROUP BY s.status ORDER BY s.status
$$;
--> statement-breakpoint
CREATE FUNCTION count_client_versions(p_since date) RETURNS TABLE (client text, count bigint)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT c.client, sum(c.count)::bigint FROM public.client_versions c WHERE c.day >= p_since
  GROUP BY c.client ORDER BY 2 DESC, 1
$$;
--> statement-breakpoint
-- Erases what a scan holds and leaves its tombstone. Only the account in charge of the transaction may ask.
CREATE FUNCTION erase_scan(p_scan uuid) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  UPDATE public.scans SET status = 'erased', erased_at = coalesce(erased_at, now()),
      finished_at = coalesce(finished_at, now()), vault_closed_at = coalesce(vault_closed_at, now()),
      wrapped_key = NULL, placeholder_key = NULL, target_url = '', intent_text = '', consent = NULL, verdict = NULL,
      client = NULL, idempotency_key = NULL, shared_at = NULL, share_expires_at = NULL,
      slug = 'erased' || replace(gen_random_uuid()::text, '-', '')
    WHERE id = p_scan AND account_id = nullif(current_setting('recon.account_id', true), '')::uuid;
  IF NOT FOUND THEN RETURN false; END IF;
  DELETE FROM public.events WHERE scan_id = p_scan;
  DELETE FROM public.event_counters WHERE scan_id = p_scan;
  DELETE FROM public.checkpoints WHERE scan_id = p_scan;
  DELETE FROM public.segments WHERE scan_id = p_scan;
  DELETE FROM public.validation_runs WHERE scan_id = p_scan;
  RETURN true;
END
$$;
--> statement-breakpoint
DO $$
DECLARE
  name text;
BEGIN
  FOREACH name IN ARRAY ARRAY['find_api_key(text)', 'find_slug(text)', 'redeem_connect_code(bytea)',
    'find_scan_account(uuid)', 'stale_scans(text, bigint, integer)', 'count_scans()', 'count_client_versions(date)',
    'erase_scan(uuid)', 'ensure_account(text)']
  LOOP
    EXECUTE format('ALTER FUNCTION %s OWNER TO recon_definer', name);
    EXECUTE format('REVOKE ALL ON FUNCTION %s FROM PUBLIC', name);
    EXECUTE format('GRANT EXECUTE ON FUNCTION %s TO recon_app', name);
  END LOOP;
END
$$;
--> statement-breakpoint
REVOKE CREATE ON SCHEMA public FROM recon_definer;
--> statement-breakpoint
-- The queue keeps its own tables here and migrates them itself; they hold scan ids and nothing else.
CREATE SCHEMA pgboss AUTHORIZATION recon_app;
