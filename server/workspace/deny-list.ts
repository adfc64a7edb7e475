import { type IgnorePattern, matchesPattern, parseIgnorePatterns } from "./ignore-pattern.ts"

/** Files of one kind that are never sent, in the patterns of ignore files, small letters; `!` makes an exception. */
interface DeniedKind {
  /** What they are, to end a sentence: "it is …". */
  readonly what: string
  readonly patterns: string
}

const KINDS: readonly DeniedKind[] = [
  {
    what: "an environment file",
    patterns: `.env .env.* *.env .envrc .dev.vars .flaskenv env.local
      !.env.example !.env.sample !.env.template !.env.dist !.env.defaults !*.example.env !.env.schema`,
  },
  {
    what: "a key",
    patterns: `id_rsa id_dsa id_ecdsa id_ed25519 id_ecdsa_sk id_ed25519_sk id_xmss ssh_host_*_key identity
      *.pem *.key *.ppk *.pk8 *.p8 *.pkcs8 *.priv *.private *.asc *.gpg *.pgp *.agekey *.age-key *.snk *.pvk
      .ssh/** .gnupg/** .age/** .password-store/** secring.* *_rsa *_ed25519 *_ecdsa *_dsa !*.pub`,
  },
  {
    what: "a certificate",
    patterns: "*.crt *.cer *.der *.csr *.p7b *.p7c *.p7s *.spc *.ovpn *.mobileprovision *.provisionprofile",
  },
  {
    what: "a store of keys or passwords",
    patterns: `*.p12 *.pfx *.jks *.jceks *.keystore *.bks *.bcfks *.uber *.kdb *.kdbx *.psafe3 *.opvault/** *.1pux
      *.keychain *.keychain-db key3.db key4.db logins.json signons.sqlite cookies.sqlite wallet.dat *.wallet
      .vault-token .vault-pass .vault_pass vault_pass.txt vault-password* .ansible-vault* master.key *.sops.key`,
  },
  {
    what: "a file of credentials",
    patterns: `.npmrc .yarnrc.yml .pypirc .netrc _netrc .pgpass pgpass.conf .my.cnf .mylogin.cnf .git-credentials .gitcookies
      .dockercfg .docker/config.json .aws/** .azure/** .gcloud/** .oci/** .kube/** kubeconfig *.kubeconfig
      kubeconfig.y*ml .boto .s3cfg .htpasswd .htdigest .databrickscfg .snowsql/** rclone.conf .terraformrc terraform.rc
      credentials credentials.* *credentials.json *credentials.y*ml *.credentials .credentials/** !credentials.*.example
      !credentials.[jt]s !credentials.[jt]sx !credentials.py !credentials.go !credentials.rs !credentials.rb
      !credentials.java !credentials.kt !credentials.cs !credentials.php !credentials.swift !credentials.md !credentials.vue !credentials.html !credentials.s?css !credentials.css
      client_secret*.json client-secret*.json service-account*.json service_account*.json serviceaccount*.json
      *-service-account.json *firebase-adminsdk*.json application_default_credentials.json .gem/credentials
      .cargo/credentials.toml .composer/auth.json .m2/settings.xml settings-security.xml .gradle/gradle.properties
      .config/gh/hosts.yml .config/hub .config/op/** .config/gcloud/** .authinfo .authinfo.* .msmtprc .esmtprc .fetchmailrc
      .smbcredentials .cifs-credentials sitemanager.xml recentservers.xml filezilla.xml .remote-sync.json
      sftp-config.json .ftpconfig .s3.yml local.settings.json appsettings.secrets.json wp-config.php .chef/** .knife/**
      .condarc .vercel/auth.json .netlify/config.json .firebaserc.local .clasprc.json .expo/state.json .flyctl/**
      .pulumi/credentials.json .npm/_logs/** .hgrc .subversion/auth/**`,
  },
  {
    what: "a file of secrets",
    patterns: `secrets.json secrets.y*ml secrets.toml secrets.ini secrets.env secrets.properties secrets.tfvars secrets.txt
      secret.json secret.y*ml secret.toml secret.txt *.secret *.secrets *.secret.* *-secret.y*ml *-secrets.y*ml .secrets
      .secrets/** secrets.auto.tfvars private.json private.properties
      !*.secret.[jt]s !*.secret.[jt]sx !*.secret.py !*.secret.go !*.secret.rs !*.secret.example`,
  },
  {
    what: "the state of an infrastructure",
    patterns: "*.tfstate *.tfstate.* *.tfvars *.tfvars.json .terraform/** !*.tfvars.example !*.tfvars.sample",
  },
  {
    what: "a history of commands",
    patterns: `.bash_history .zsh_history .sh_history .fish_history fish_history .psql_history .mysql_history
      .sqlite_history .python_history .node_repl_history .irb_history .rediscli_history .lesshst .viminfo`,
  },
  {
    what: "a database or memory dump",
    patterns: "*.sql.gz *.pgdump *.rdb *.hprof *.dmp *.har shadow master.passwd",
  },
]

interface DeniedRules {
  readonly what: string
  readonly patterns: readonly IgnorePattern[]
}

const RULES: readonly DeniedRules[] = KINDS.map(({ what, patterns }) => ({
  what,
  patterns: patternsAnywhere(patterns.split(/\s+/)),
}))

/** Match at least every file name, and every path with `/`, in small letters, that some pattern speaks of: few are. */
const NAMED = anyOf("^", pattern => !pattern.includes("/"))
const PLACED = anyOf("(?:^|/)", pattern => pattern.includes("/"))

/** Matches what is named by one of those patterns of `KINDS` that `isMeant` holds for, from where `start` matches. */
function anyOf(start: string, isMeant: (pattern: string) => boolean): RegExp {
  const patterns = KINDS.flatMap(({ patterns }) => patterns.split(/\s+/)).filter(isMeant)
  return new RegExp(`${start}(?:${patterns.map(pattern => lenient(pattern.replace(/^!/, ""))).join("|")})$`)
}

/** A pattern of `KINDS` as a regular expression that matches at least as much. */
function lenient(pattern: string): string {
  return pattern
    .replace(/[.+^${}()|\\]/g, "\\$&")
    .replace(/\*+/g, stars => (stars.length === 1 ? "[^/]*" : ".*"))
    .replaceAll("?", "[^/]")
}

/** Patterns of ignore files that hold below every folder, also those of several names; one that ends in `/` holds for all in it. */
export function patternsAnywhere(lines: readonly string[]): readonly IgnorePattern[] {
  return lines.flatMap(line => {
    const [, mark = "", pattern = ""] = /^(!?)(.*)$/s.exec(line)!
    const whole = pattern.endsWith("/") ? `${pattern}**` : pattern
    const isAnywhere = !whole.includes("/") || whole.startsWith("/") || whole.startsWith("**/")
    return parseIgnorePatterns(`${mark}${isAnywhere ? whole : `**/${whole}`}`)
  })
}

/**
 * What kind of secret file a path names, such as "a key", or null for one that may be sent: by its names alone, whatever the
 * case of their letters. `names` are the folders and the file of an absolute path.
 */
export function deniedKind(names: readonly string[]): string | null {
  const lower = names.map(name => name.toLowerCase())
  if (!NAMED.test(lower.at(-1) ?? "") && !PLACED.test(lower.join("/"))) return null
  const denied = RULES.find(({ patterns }) => {
    const last = patterns.findLast(pattern => matchesPattern(pattern, lower, false))
    return last !== undefined && !last.negated
  })
  return denied?.what ?? null
}
