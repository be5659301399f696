namespace Tutor.Web.Ui;

public enum AlertColor { Primary, Secondary, Success, Danger, Warning, Info }

public enum BadgeColor { Primary, Secondary, Success, Danger, Warning, Info }

public enum ButtonColor { Primary, Secondary, Success, Danger, Warning, Link }

public enum ButtonSize { Regular, Small, Large }

public enum ButtonType { Button, Submit }

public enum ModalSize { Regular, Small, Large, ExtraLarge }
