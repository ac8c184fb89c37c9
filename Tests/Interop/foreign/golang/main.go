// Reads a feed with arran4/golang-ical: golang-ical FILE. Prints one line of JSON; the summary stays escaped, as the
// library hands it out.
package main

import (
	"encoding/json"
	"fmt"
	"os"
	"strconv"
	"time"

	ics "github.com/arran4/golang-ical"
)

type event struct {
	UID      string  `json:"uid"`
	Start    string  `json:"start"`
	End      string  `json:"end"`
	Summary  string  `json:"summary"`
	Status   *string `json:"status"`
	Sequence int     `json:"sequence"`
}

type answer struct {
	OK     bool    `json:"ok"`
	Error  string  `json:"error"`
	Events []event `json:"events"`
}

func value(from *ics.VEvent, name ics.ComponentProperty) string {
	if property := from.GetProperty(name); property != nil {
		return property.Value
	}
	return ""
}

func moment(text string) (string, error) {
	if len(text) == 8 {
		day, err := time.Parse("20060102", text)
		return day.Format("2006-01-02"), err
	}
	at, err := time.Parse("20060102T150405Z", text)
	return at.Format(time.RFC3339), err
}

func read(path string) ([]event, error) {
	events := []event{}
	file, err := os.Open(path)
	if err != nil {
		return events, err
	}
	defer file.Close()
	calendar, err := ics.ParseCalendar(file)
	if err != nil {
		return events, err
	}
	for _, each := range calendar.Events() {
		found := event{UID: value(each, ics.ComponentPropertyUniqueId), Summary: value(each, ics.ComponentPropertySummary)}
		if found.Start, err = moment(value(each, ics.ComponentPropertyDtStart)); err != nil {
			return events, err
		}
		if found.End, err = moment(value(each, ics.ComponentPropertyDtEnd)); err != nil {
			return events, err
		}
		if status := value(each, ics.ComponentPropertyStatus); status != "" {
			found.Status = &status
		}
		if sequence := value(each, ics.ComponentPropertySequence); sequence != "" {
			if found.Sequence, err = strconv.Atoi(sequence); err != nil {
				return events, err
			}
		}
		events = append(events, found)
	}
	return events, nil
}

func main() {
	found := answer{OK: true}
	defer func() {
		if trouble := recover(); trouble != nil {
			found = answer{Error: fmt.Sprint(trouble)}
		}
		json.NewEncoder(os.Stdout).Encode(found)
	}()
	events, err := read(os.Args[1])
	found.Events = events
	if err != nil {
		found = answer{Error: err.Error()}
	}
}
