using Tutor.Core.Privacy;

namespace Tutor.Tests.Shared.Privacy;

/// <summary>The labelled texts of presidio-research, as messages without a roster.</summary>
internal static class PresidioSet
{
    public static IReadOnlyList<LabelledMessage> Read() =>
    [
        .. DataSets.Rows("pii_presidio_synth").Select(row => new LabelledMessage(
            row.GetProperty("text").GetString()!,
            [
                .. row.GetProperty("spans").EnumerateArray().Select(s => new PersonalData(
                    Kind(s.GetProperty("type").GetString()!), s.GetProperty("start").GetInt32(), s.GetProperty("end").GetInt32() - s.GetProperty("start").GetInt32())),
            ],
            null, row.GetProperty("set").GetString()!)),
    ];

    // Places, organisations, titles, ages and dates say little about who somebody is, and Tutor does not look for them.
    private static PersonalDataKind Kind(string type) => type switch
    {
        "PERSON" => PersonalDataKind.Name,
        "EMAIL_ADDRESS" => PersonalDataKind.Email,
        "PHONE_NUMBER" => PersonalDataKind.Phone,
        "CREDIT_CARD" or "IBAN_CODE" or "US_SSN" => PersonalDataKind.Number,
        "IP_ADDRESS" => PersonalDataKind.Identifier,
        _ => PersonalDataKind.Address,
    };
}
