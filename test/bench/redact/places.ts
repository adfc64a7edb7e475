/** How a literal is given to a name in one language: lines with `NAME` and `VALUE`. */
export interface Place {
  readonly language: string
  readonly lines: string
}

/** Names of values that are secret, as projects write them. */
export const SECRET_NAMES: readonly string[] = [
  ...["API_KEY", "apiKey", "api_key", "secret", "client_secret", "clientSecret", "SECRET_KEY", "accessToken"],
  ...[
    "auth_token",
    "AUTH_TOKEN",
    "privateKey",
    "signing_key",
    "encryptionKey",
    "aws_secret_access_key",
    "token",
  ],
]

/** Names of passwords. */
export const PASSWORD_NAMES: readonly string[] = [
  "password",
  "DB_PASSWORD",
  "dbPassword",
  "passwd",
  "user_pass",
  "PWD",
]

/** Every built-in language, and the shapes in which a value meets its name there. */
export const PLACES: readonly Place[] = [
  { language: "bash", lines: "export NAME='VALUE'" },
  { language: "bash", lines: "NAME=VALUE ./deploy.sh --now" },
  { language: "bash", lines: "run --NAME VALUE --verbose" },
  { language: "c", lines: 'static const char *NAME = "VALUE";' },
  { language: "c", lines: '#define NAME "VALUE"' },
  { language: "c-sharp", lines: 'private const string NAME = "VALUE";' },
  { language: "c-sharp", lines: 'var NAME = @"VALUE";' },
  { language: "cpp", lines: 'std::string NAME{"VALUE"};' },
  { language: "cpp", lines: 'const auto NAME = std::string("VALUE");' },
  { language: "css", lines: '/* NAME: "VALUE" */' },
  { language: "dart", lines: "const String NAME = 'VALUE';" },
  { language: "dockerfile", lines: "ENV NAME=VALUE" },
  { language: "dockerfile", lines: 'ARG NAME="VALUE"' },
  { language: "dockerfile", lines: "ENV NAME VALUE" },
  { language: "elixir", lines: 'config :app, NAME: "VALUE"' },
  { language: "go", lines: 'var NAME string = "VALUE"' },
  { language: "go", lines: 'NAME := "VALUE"' },
  { language: "go", lines: "cfg.NAME = `VALUE`" },
  { language: "html", lines: '<input type="hidden" name="NAME" value="VALUE">' },
  { language: "html", lines: '<meta data-NAME="VALUE">' },
  { language: "java", lines: 'private static final String NAME = "VALUE";' },
  { language: "java", lines: 'builder.NAME("VALUE")' },
  { language: "javascript", lines: "const NAME = process.env.NAME || 'VALUE'" },
  { language: "javascript", lines: 'module.exports = { NAME: "VALUE" }' },
  { language: "json", lines: '  "NAME": "VALUE",' },
  { language: "kotlin", lines: 'val NAME: String = "VALUE"' },
  { language: "lua", lines: 'local NAME = "VALUE"' },
  { language: "make", lines: "NAME := VALUE" },
  { language: "make", lines: "NAME ?= VALUE" },
  { language: "markdown", lines: "Set `NAME` to `VALUE` first." },
  { language: "php", lines: "define('NAME', 'VALUE');" },
  { language: "php", lines: "$NAME = 'VALUE';" },
  { language: "php", lines: "'NAME' => 'VALUE'," },
  { language: "python", lines: 'NAME = "VALUE"' },
  { language: "python", lines: 'NAME = os.environ.get("NAME", "VALUE")' },
  { language: "python", lines: 'client = Client(NAME=b"VALUE")' },
  { language: "ruby", lines: "config.NAME = 'VALUE'" },
  { language: "ruby", lines: ":NAME => 'VALUE'" },
  { language: "rust", lines: 'const NAME: &str = "VALUE";' },
  { language: "rust", lines: 'let NAME = String::from("VALUE");' },
  { language: "rust", lines: 'let NAME = r#"VALUE"#;' },
  { language: "scala", lines: 'val NAME = "VALUE"' },
  { language: "scss", lines: '$NAME: "VALUE";' },
  { language: "sql", lines: "ALTER SYSTEM SET NAME = 'VALUE';" },
  { language: "swift", lines: 'let NAME: String = "VALUE"' },
  { language: "toml", lines: 'NAME = "VALUE"' },
  { language: "tsx", lines: '<Provider NAME="VALUE">' },
  { language: "tsx", lines: "<Provider NAME={'VALUE'}>" },
  { language: "typescript", lines: 'const NAME: string = "VALUE"' },
  { language: "typescript", lines: "readonly NAME = `VALUE`" },
  { language: "vue", lines: "<api-client :NAME=\"'VALUE'\" />" },
  { language: "yaml", lines: "NAME: VALUE" },
  { language: "yaml", lines: '  - NAME: "VALUE"' },
  { language: "yaml", lines: "NAME: >-\n    VALUE" },
  { language: "zig", lines: 'const NAME = "VALUE";' },
  { language: "properties", lines: "app.NAME=VALUE" },
  { language: "xml", lines: "<NAME>VALUE</NAME>" },
  { language: "xml", lines: '<add key="NAME" value="VALUE" />' },
]

/** Lines of a password in SQL. */
export const SQL_PASSWORDS: readonly Place[] = [
  { language: "sql", lines: "CREATE USER app WITH PASSWORD 'VALUE';" },
  { language: "sql", lines: "CREATE USER 'app'@'%' IDENTIFIED BY 'VALUE';" },
]
