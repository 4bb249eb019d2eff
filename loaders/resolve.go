package loaders

import (
	"regexp"
	"strings"
)

// iriParts splits a reference as RFC 3986, appendix B, does: scheme,
// authority, path, query, fragment. Characters are left as they are, which
// net/url does not do.
var iriParts = regexp.MustCompile(`^(?:([^:/?#]+):)?(?://([^/?#]*))?([^?#]*)(\?[^#]*)?(#.*)?$`)

// resolveIRI resolves a reference against a base (RFC 3986, section 5.2).
func resolveIRI(base, reference string) string {
	if isResolved(reference) {
		return reference
	}
	at := iriParts.FindStringSubmatchIndex(reference)
	r, b := iriParts.FindStringSubmatch(reference), iriParts.FindStringSubmatch(base)
	if at == nil || b == nil {
		return reference
	}
	hasAuthority := at[4] >= 0
	scheme, authority, query := b[1], authorityOf(base), r[4]
	var path string
	switch {
	case r[1] != "":
		return rebuild(r[1], authorityOf(reference), removeDots(r[3]), query, r[5])
	case hasAuthority:
		authority, path = authorityOf(reference), removeDots(r[3])
	case r[3] == "":
		path = b[3]
		if query == "" {
			query = b[4]
		}
	case strings.HasPrefix(r[3], "/"):
		path = removeDots(r[3])
	case authority != "" && b[3] == "":
		path = removeDots("/" + r[3])
	default:
		path = removeDots(b[3][:strings.LastIndexByte(b[3], '/')+1] + r[3])
	}
	return rebuild(scheme, authority, path, query, r[5])
}

// isResolved tells whether a reference has a scheme and no dots to remove, as
// almost all have: it stays as it is.
func isResolved(reference string) bool {
	i := strings.IndexAny(reference, ":/?#")
	return i > 0 && reference[i] == ':' && !strings.Contains(reference, "/.")
}

// authorityOf returns the authority with its slashes, "" for none.
func authorityOf(iri string) string {
	at := iriParts.FindStringSubmatchIndex(iri)
	if at == nil || at[4] < 0 {
		return ""
	}
	return "//" + iri[at[4]:at[5]]
}

func rebuild(scheme, authority, path, query, fragment string) string {
	if scheme != "" {
		scheme += ":"
	}
	return scheme + authority + path + query + fragment
}

// removeDots removes . and .. from a path (RFC 3986, section 5.2.4).
func removeDots(path string) string {
	if !strings.HasPrefix(path, "/") {
		return path
	}
	segments := strings.Split(path[1:], "/")
	var kept []string
	for i, s := range segments {
		last := i == len(segments)-1
		switch s {
		case "..":
			if len(kept) > 0 {
				kept = kept[:len(kept)-1]
			}
			if last {
				kept = append(kept, "")
			}
		case ".":
			if last {
				kept = append(kept, "")
			}
		default:
			kept = append(kept, s)
		}
	}
	return "/" + strings.Join(kept, "/")
}
