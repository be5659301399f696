namespace Tutor.Data.Welfare;

/// <summary>Tells the contacts' open pages of this node that a course's notices changed. Carries no word of them: who may see them reads them from the store.</summary>
public sealed class WelfareFeed
{
    /// <summary>With the course's id. Whoever listens returns at once and throws nothing.</summary>
    public event Action<string>? Changed;

    public void Publish(string courseId) => Changed?.Invoke(courseId);
}
