"""Reports come in; reporters are answered."""
