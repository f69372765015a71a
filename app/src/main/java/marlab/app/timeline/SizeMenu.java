package marlab.app.timeline;

import java.util.function.LongConsumer;
import javafx.scene.control.MenuButton;
import javafx.scene.control.RadioMenuItem;
import javafx.scene.control.ToggleGroup;
import javafx.scene.layout.Region;
import marlab.app.card.Tips;
import marlab.app.text.Figures;
import marlab.app.text.Messages;

/// How much memory the recording takes, and how much it may. FX thread.
final class SizeMenu extends MenuButton {

    private static final long MEGABYTE = 1 << 20;
    private static final long[] SIZES = {
        50 * MEGABYTE, 200 * MEGABYTE, 500 * MEGABYTE, 1024 * MEGABYTE, 2048 * MEGABYTE
    };

    private final ToggleGroup group = new ToggleGroup();
    private long shownLimit = -1;

    /// @param chosen hears what was chosen, in bytes
    @SuppressWarnings("this-escape") // nodes are built this way
    SizeMenu(LongConsumer chosen) {
        setId("timeline-size");
        getStyleClass().addAll("link-button", "size-menu");
        setMinWidth(Region.USE_PREF_SIZE);
        Tips.on(this, Messages.text("timeline.size.tip"));
        for (long size : SIZES) {
            RadioMenuItem item = new RadioMenuItem(text(size));
            item.setId("timeline-size-" + size / MEGABYTE);
            item.setUserData(size);
            item.setToggleGroup(group);
            item.setDisable(size > Runtime.getRuntime().maxMemory() / 2);
            item.setOnAction(event -> chosen.accept(size));
            getItems().add(item);
        }
    }

    /// Shows what it takes and may take, in bytes.
    void show(long bytes, long limit) {
        setText(Messages.text("timeline.size", text(bytes), text(limit)));
        if (limit != shownLimit) {
            shownLimit = limit;
            group.selectToggle(null);
            group.getToggles().stream()
                    .filter(toggle -> toggle.getUserData().equals(limit))
                    .findFirst()
                    .ifPresent(group::selectToggle);
        }
    }

    /// A number of bytes in words.
    static String text(long bytes) {
        double megabytes = (double) bytes / MEGABYTE;
        if (megabytes >= 1000) {
            double gigabytes = megabytes / 1024;
            boolean whole = gigabytes == Math.rint(gigabytes);
            return Messages.text("timeline.gigabytes", Figures.fixed(gigabytes, whole ? 0 : 1));
        }
        boolean exact = megabytes >= 9.95 || megabytes == Math.rint(megabytes);
        return Messages.text(
                "timeline.megabytes",
                exact ? Figures.fixed(megabytes, 0) : Figures.fixed(Math.max(0.1, megabytes), 1));
    }
}
