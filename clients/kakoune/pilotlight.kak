# Pilotlight for Kakoune, through kak-lsp 17 or later. Source this file after `eval %sh{kak-lsp}` in your kakrc.
#
# Suggestions are in the completion menu; fixes and refactorings are code actions. There is no ghost text.
# Where a language has a main server, set lsp_servers to both tables: what is set last counts.

hook -group pilotlight global BufSetOption filetype=(?:c|cpp|css|go|html|java|javascript|json|python|ruby|rust|sh|typescript) %{
    set-option -add buffer lsp_servers %{
        [pilotlight]
        command = "pilotlight"
        args = ["--stdio"]
        root_globs = [".git", "package.json", "pyproject.toml", "go.mod", "Cargo.toml"]
        settings_section = "pilotlight"
    }
}
