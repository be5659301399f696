using System.Text.RegularExpressions;

namespace Tutor.Core.Privacy;

/// <summary>Personal data that has a form of its own: addresses, numbers, keys. Plain numbers of a program are left alone.</summary>
internal static partial class PersonalPatterns
{
    // Norway's.
    private const int ShortestIban = 15;
    private const RegexOptions Options = RegexOptions.IgnoreCase | RegexOptions.CultureInvariant;

    // A look for the characters that a form cannot do without costs a hundredth of a search for the form.
    public static IEnumerable<PersonalData> Find(string text) =>
    [
        .. text.Contains('@') ? All(text, PersonalDataKind.Email, Email()) : [],
        .. SaysAt(text) ? All(text, PersonalDataKind.Email, SpelledEmail()) : [],
        .. text.Contains('/') ? All(text, PersonalDataKind.Address, Profile()) : [],
        .. All(text, PersonalDataKind.Address, UserFolder()),
        .. All(text, PersonalDataKind.Secret, Secret()),
        .. text.AsSpan().ContainsAnyInRange('0', '9') ? Numbers(text) : [],
    ];

    private static IEnumerable<PersonalData> Numbers(string text) =>
    [
        .. All(text, PersonalDataKind.Identifier, Ip(), address => !IsPrivate(address)),
        .. All(text, PersonalDataKind.Identifier, Guid()),
        .. All(text, PersonalDataKind.Number, Card(), PassesLuhn),
        .. Ibans(text),
        .. All(text, PersonalDataKind.Number, SocialSecurity()),
        .. All(text, PersonalDataKind.Phone, Phone(), number => Digits(number) is >= 8 and <= 15),
        .. All(text, PersonalDataKind.Phone, NamedPhone(), number => Digits(number) is >= 6 and <= 15),
    ];

    // A pattern's first group, where it has one, is what is personal of it.
    private static IEnumerable<PersonalData> All(string text, PersonalDataKind kind, Regex pattern, Func<string, bool>? holds = null) =>
        from match in pattern.Matches(text)
        let place = match.Groups.Count > 1 ? match.Groups[1] : match
        where holds?.Invoke(place.Value) ?? true
        select new PersonalData(kind, place.Index, place.Length);

    private static bool SaysAt(string text) =>
        text.Contains(" at ", StringComparison.OrdinalIgnoreCase) || text.Contains("at)", StringComparison.OrdinalIgnoreCase) || text.Contains("at]", StringComparison.OrdinalIgnoreCase);

    private static int Digits(string text) => text.Count(char.IsAsciiDigit);

    // Loopback and link-local addresses are what programs are written with.
    private static bool IsPrivate(string address) =>
        address.StartsWith("127.", StringComparison.Ordinal) || address.StartsWith("0.", StringComparison.Ordinal) || address.StartsWith("255.", StringComparison.Ordinal)
        || address.Split('.').Any(part => int.Parse(part) > 255);

    private static bool PassesLuhn(string number)
    {
        var sum = 0;
        var digits = number.Where(char.IsAsciiDigit).Select(c => c - '0').Reverse().ToList();
        for (var i = 0; i < digits.Count; i++) sum += i % 2 == 0 ? digits[i] : digits[i] * 2 > 9 ? digits[i] * 2 - 9 : digits[i] * 2;
        return sum % 10 == 0;
    }

    // The pattern cannot tell the last group of a number from the next word; the check digits can.
    private static IEnumerable<PersonalData> Ibans(string text)
    {
        foreach (var match in Iban().Matches(text).AsEnumerable())
        {
            var length = match.Length;
            while (length > 0 && !PassesIban(match.Value[..length])) length = match.Value.LastIndexOf(' ', length - 1) is var space and > 0 ? space : 0;
            if (length > 0) yield return new PersonalData(PersonalDataKind.Number, match.Index, length);
        }
    }

    // ISO 13616-1: the first four characters moved to the end, letters as 10 to 35, leave 1 modulo 97. One in 97 hashes does as well.
    private static bool PassesIban(string account)
    {
        var plain = account.Replace(" ", "", StringComparison.Ordinal).ToUpperInvariant();
        if (plain.Length < ShortestIban) return false;
        var rest = 0;
        foreach (var c in plain[4..] + plain[..4])
            rest = (char.IsAsciiDigit(c) ? (rest * 10) + (c - '0') : (rest * 100) + (c - 'A' + 10)) % 97;
        return rest == 1;
    }

    [GeneratedRegex(@"[\p{L}\p{N}][\p{L}\p{N}._%+'-]{0,63}@(?:[\p{L}\p{N}-]{1,63}\.){1,6}\p{L}{2,24}", Options, RegexLimit.Milliseconds)]
    private static partial Regex Email();

    // "maria at uni dot edu", where it is unmistakable.
    [GeneratedRegex(@"\b[a-z0-9._-]{2,40} ?(?:\(at\)|\[at\]| at ) ?(?:[a-z0-9-]{1,40} ?(?:\(dot\)|\[dot\]| dot |\.) ?){1,4}(?:edu|com|org|net|ac|de|uk|fr|es|it|ch|at)\b", Options, RegexLimit.Milliseconds)]
    private static partial Regex SpelledEmail();

    [GeneratedRegex(@"\b(?:https?://)?(?:www\.)?(?:github\.com|gitlab\.com|linkedin\.com/in|facebook\.com|instagram\.com|x\.com|twitter\.com|t\.me|kaggle\.com|medium\.com/@?|discord\.gg|snapchat\.com/add)/[\w.@-]{2,60}(?:/[\w./-]{0,100})?|\bhttps?://[\w.-]{1,80}/~[\w.-]{2,40}", Options, RegexLimit.Milliseconds)]
    private static partial Regex Profile();

    [GeneratedRegex(@"(?:[a-z]:\\+users\\+|/home/|/users/)([\w][\w.-]{1,40})", Options, RegexLimit.Milliseconds)]
    private static partial Regex UserFolder();

    [GeneratedRegex(@"(?<![\w.])(?<!version )(?:\d{1,3}\.){3}\d{1,3}(?![\w.]\d)(?!\w)", Options, RegexLimit.Milliseconds)]
    private static partial Regex Ip();

    [GeneratedRegex(@"\b[0-9a-f]{8}-[0-9a-f]{4}-[1-8][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}\b", Options, RegexLimit.Milliseconds)]
    private static partial Regex Guid();

    [GeneratedRegex(@"\b(?:sk-[A-Za-z0-9_-]{20,}|gh[pousr]_[A-Za-z0-9]{20,}|xox[bap]-[A-Za-z0-9-]{10,}|AKIA[0-9A-Z]{16}|AIza[0-9A-Za-z_-]{30,}|hf_[A-Za-z0-9]{20,}|eyJ[A-Za-z0-9_-]{10,}\.[A-Za-z0-9_-]{10,}\.[A-Za-z0-9_-]{10,})|-----BEGIN [A-Z ]*PRIVATE KEY-----", RegexOptions.CultureInvariant, RegexLimit.Milliseconds)]
    private static partial Regex Secret();

    [GeneratedRegex(@"(?<![\w.])(?:\d{4}[ -]?){3}\d{1,4}(?![\w.]\d)(?!\w)|(?<![\w.])3[47]\d{2}[ -]?\d{6}[ -]?\d{5}(?!\w)", Options, RegexLimit.Milliseconds)]
    private static partial Regex Card();

    [GeneratedRegex(@"\b[A-Z]{2}\d{2}(?: ?[A-Z0-9]{4}){3,7}(?: ?[A-Z0-9]{1,3})?\b", Options, RegexLimit.Milliseconds)]
    private static partial Regex Iban();

    [GeneratedRegex(@"(?<![\w-])\d{3}-\d{2}-\d{4}(?![\w-])", Options, RegexLimit.Milliseconds)]
    private static partial Regex SocialSecurity();

    // Written as people write them: a plus or a nought in front and groups apart, or brackets, or the American 3-3-4. Dates, versions
    // and numbers of a program have none of these.
    [GeneratedRegex(@"(?<![\w.+=\[,(-])(?<![\w\])] ?[-+*/=] ?)(?:\+\d{1,3}[ .()/-]{0,2}\d[\d ()/.-]{5,18}\d|00\d{1,3}[ ()/-]\d[\d ()/-]{5,16}\d|0\d{1,4}[ /-]\d{2,4}(?:[ /-]?\d{2,5}){1,4}|\(\d{2,5}\) ?\d{2,4}(?:[ -]\d{2,5}){1,3}|\(?\d{3}\)?[ .-]\d{3}[ .-]\d{4}(?:x\d{1,5})?)(?![\w.]\d)(?!\w)", Options, RegexLimit.Milliseconds)]
    private static partial Regex Phone();

    [GeneratedRegex(@"\b(?:phone|tel|telephone|mobile|cell|whats ?app|call me (?:at|on)|text me (?:at|on)|reach me (?:at|on)|handy|número|numéro|fax)\b(?: number| no\.?| nr\.?)?(?: is)?[ :=.'""]{0,4}(\+?\(?\d[\d ()/.-]{5,20}\d)", Options, RegexLimit.Milliseconds)]
    private static partial Regex NamedPhone();
}
