package marlab.app.theme;

import org.kordamp.ikonli.feather.Feather;
import org.kordamp.ikonli.javafx.FontIcon;

/// The icons, by what they mean here. Never characters: many fonts lack the pictographs.
public enum Icons {
    SETUP(Feather.ROTATE_CCW),
    WATCH(Feather.PLAY),
    PAUSE(Feather.PAUSE),
    TRAIN(Feather.ACTIVITY),
    STOP(Feather.SQUARE),
    STEP(Feather.SKIP_FORWARD),
    LOCKED(Feather.LOCK),
    UNLOCKED(Feather.UNLOCK),
    LIGHT(Feather.SUN),
    DARK(Feather.MOON),
    SYSTEM(Feather.MONITOR),
    UNDO(Feather.CORNER_UP_LEFT),
    REDO(Feather.CORNER_UP_RIGHT),
    TRAILS(Feather.TRENDING_UP),
    WHISKERS(Feather.MOVE),
    VALUES(Feather.EYE),
    REWARDS(Feather.AWARD),
    KEYS(Feather.HELP_CIRCLE),
    DOWN(Feather.CHEVRON_DOWN),
    OPTIONS(Feather.SLIDERS),
    SEARCH(Feather.SEARCH),
    EDIT(Feather.EDIT_3),
    RESET(Feather.ROTATE_CCW),
    CLOSE(Feather.X),
    WARNING(Feather.ALERT_TRIANGLE);

    private final Feather code;

    Icons(Feather code) {
        this.code = code;
    }

    /// A node that shows the icon; size and colour come from the style sheet.
    public FontIcon node() {
        return new FontIcon(code);
    }
}
