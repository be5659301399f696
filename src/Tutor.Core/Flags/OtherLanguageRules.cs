using System.Text.RegularExpressions;

namespace Tutor.Core.Flags;

/// <summary>"Ignore your instructions" and "play this part" in the languages students bring along.</summary>
internal static partial class OtherLanguageRules
{
    private const RegexOptions Options = RegexOptions.IgnoreCase | RegexOptions.CultureInvariant;

    public static IReadOnlyList<PhraseRule> All { get; } =
    [
        new("injection-override-de", 2, FlagCategory.Injection, FlagSeverity.Review, German(), "Asks in German to ignore instructions, or gives a part to play."),
        new("injection-override-romance", 1, FlagCategory.Injection, FlagSeverity.Review, Romance(), "Asks in French, Spanish, Italian or Portuguese to ignore instructions."),
        new("injection-override-slavic", 1, FlagCategory.Injection, FlagSeverity.Review, Slavic(), "Asks in a Slavic language to ignore instructions."),
        new("injection-override-asian", 1, FlagCategory.Injection, FlagSeverity.Review, Asian(), "Asks in Chinese, Japanese or Korean to ignore instructions."),
    ];

    [GeneratedRegex(@"\b(?:ignorier\w*|vergiss|vergessen sie|missachte\w*|überspring\w*)\b[^.\n]{0,40}\b(?:anweisung\w*|befehl\w*|regeln|anordnung\w*|auftr\w+|aufgabe\w*|alles|instruktion\w*|davor|vorher\w*|bisher\w*|obigen)\b"
        + @"|\b(?:obigen?|vorherigen?|bisherigen?|alle)\b[^.\n]{0,40}\b(?:ignorier\w*|vergess\w*|hinter sich|außer acht)\b|\babweichend (?:zu|von) (?:den )?(?:vorherigen|bisherigen)\b"
        + @"|\b(?:dass|möchte) (?:sie|du) als [^.\n]{2,50}\b(?:fungier\w*|agier\w*|handel\w*|auftr\w+)|\b(?:jetzt|nun|ab jetzt) bist du\b"
        + @"|\bnun folgen (?:neue|weitere) (?:anweisung\w*|aufgabe\w*)|\bdas (?:genügt|ist erledigt|reicht)\b[.!]? (?:bitte |nun |jetzt |verfass|schreib)", Options, RegexLimit.Milliseconds)]
    private static partial Regex German();

    [GeneratedRegex(@"\b(?:oublie[zr]?|ignore[zr]?|ne (?:tiens|tenez) pas compte de)\b[^.\n]{0,30}\b(?:instructions?|consignes?|directives?|règles|ce qui précède)\b"
        + @"|\b(?:olvid\w+|ignor[aeo]\w*|omit\w+)\b[^.\n]{0,30}\b(?:instruccion(?:es)?|órdenes|reglas|todo lo (?:anterior|que)|todo que)\b|\bolvide todo\b"
        + @"|\b(?:ignora\w*|dimentica\w*)\b[^.\n]{0,30}\b(?:istruzioni|regole|precedent\w+)\b|\b(?:ignore|esqueça|desconsidere)\b[^.\n]{0,30}\b(?:instruções|regras|anteriores)\b", Options, RegexLimit.Milliseconds)]
    private static partial Regex Romance();

    [GeneratedRegex(@"\b(?:zaboravi\w*|ignori[rš]\w*|zapomni\w*|zignoruj|zapomnij)\b[^.\n]{0,30}\b(?:instrukc\w+|uput\w+|pravil\w+|polecen\w+|pokyn\w+|wszystk\w+)\b"
        + @"|(?:забуд\w*|игнорир\w*|пропусти\w*)[^.\n]{0,30}(?:инструкци\w*|правил\w*|указани\w*|всё|все )", Options, RegexLimit.Milliseconds)]
    private static partial Regex Slavic();

    [GeneratedRegex(@"(?:忽略|无视|忘记|忘掉|無視|忘れ)[^。\n]{0,16}(?:指令|指示|规则|規則|提示词|プロンプト|命令)|(?:指示|命令|ルール)[^。\n]{0,10}(?:無視|忘れ)|(?:지시|명령|규칙)[^.\n]{0,12}(?:무시|잊)", Options, RegexLimit.Milliseconds)]
    private static partial Regex Asian();
}
