"""What comes in from and goes out to other programs: sheets with guessed columns, previews of differences, files to hand on."""
