package settings

import (
	"time"

	"postern/content/language"
	"postern/content/sanitize"
)

// Fill returns the settings with values for those of title, description, author, language and timezone of which the file says
// nothing. It also returns the keys of the values that it has taken; those that are not valid it has not.
func (s Settings) Fill(values map[string]string) (filled Settings, taken []string) {
	for _, setting := range []struct {
		key   string
		field *string
	}{{"title", &s.Title}, {"description", &s.Description}, {"author", &s.Author}, {"language", &s.Language}, {"timezone", &s.Timezone}} {
		value := sanitize.Line(values[setting.key])
		if _, said := s.positions[setting.key]; said || value == "" {
			continue
		}
		switch setting.key {
		case "language":
			if value = language.Tag(value); !language.IsValid(value) {
				continue
			}
		case "timezone":
			location, err := time.LoadLocation(value)
			if err != nil || value == "Local" {
				continue
			}
			s.location = location
		}
		*setting.field = value
		taken = append(taken, setting.key)
	}
	return s, taken
}
