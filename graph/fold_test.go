package graph

import "testing"

func TestFoldMeets(t *testing.T) {
	for _, same := range [][]string{
		{"Larisa Kharkova", "Лариса Харькова", "LARISA  KHAR'KOVA", "Larissa Kharkova"},
		{"Baltabay", "Балтабай", "Baltabai"},
		{"KNPRK", "КНПРК"},
		{"Dostoinii Trud", "Достойный Труд", "Dostoynyi trud"},
		{"Yerlan Baltabay", "Ерлан Балтабай", "Erlan Baltabai"},
		{"Zhanbolat", "Жанболат", "Janbolat", "Dzhanbolat"},
		{"Өңірек", "Öngirek"},
		{"Tauy", "Таұы", "Taūy"},
		{"Decent Labour", "Decent-Labour", "“decent labour”"},
		{"Tom & Co", "Tom and Co."},
	} {
		for _, s := range same[1:] {
			if Fold(s) != Fold(same[0]) {
				t.Errorf("Fold(%q) = %q, Fold(%q) = %q", same[0], Fold(same[0]), s, Fold(s))
			}
		}
	}
}

func TestFoldKeepsApart(t *testing.T) {
	for _, two := range [][2]string{
		{"KNPRK", "KSPRK"}, {"Confederation", "Congress"}, {"Convention 87", "Convention 877"},
		{"Company A", "Company B"}, {"Asel A.", "Asel"},
	} {
		if Fold(two[0]) == Fold(two[1]) {
			t.Errorf("%q and %q both fold to %q", two[0], two[1], Fold(two[0]))
		}
	}
}

func TestFoldOfAFoldIsItself(t *testing.T) {
	for _, s := range []string{"", " ", "№ 87", "Ұлытау — Улытау", "Straße", "工会", "kkhh zzh"} {
		if once := Fold(s); Fold(once) != once {
			t.Errorf("Fold(%q) = %q, folded again %q", s, once, Fold(once))
		}
	}
}
