"""One module per word of the command line; see `hientai.site.command_line` for what each offers."""
