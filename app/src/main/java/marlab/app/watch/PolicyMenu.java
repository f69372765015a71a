package marlab.app.watch;

import java.util.List;
import javafx.scene.control.ComboBox;
import javafx.scene.control.ListCell;
import marlab.app.card.Tips;
import marlab.app.text.Figures;
import marlab.app.text.Messages;
import marlab.app.text.PolicyNames;

/// Chooses whose acting is in view, and says which version. FX thread.
public final class PolicyMenu extends ComboBox<String> {

    /// Name of the choice that follows the learner.
    public static final String LEARNED = "learned";

    private final Face face = new Face();
    private long version;
    private boolean recorded;

    /// A menu with these scripted policies; the first is chosen.
    public PolicyMenu(List<String> scripted) {
        setId("policy-menu");
        getItems().setAll(scripted);
        getItems().add(LEARNED);
        setValue(scripted.getFirst());
        setButtonCell(face);
        setCellFactory(list -> new Row());
        Tips.on(this, Messages.text("watch.policy.tip"));
        setAccessibleText(Messages.text("watch.policy"));
        setVisibleRowCount(10);
    }

    /// Says which version of the learned policy acts; 0 when a script does.
    public void version(long now) {
        if (now != version) {
            version = now;
            face.write(getValue());
        }
    }

    /// Says that everybody acts as recorded, whatever is chosen: the choice is for when the world
    /// lives again.
    public void recorded(boolean now) {
        if (now != recorded) {
            recorded = now;
            face.write(getValue());
        }
    }

    /// The words on the button.
    public String words() {
        if (recorded) {
            return version > 0
                    ? Messages.text("watch.policy.recorded.version", Figures.whole(version))
                    : Messages.text("watch.policy.recorded");
        }
        return words(getValue());
    }

    private String words(String name) {
        if (!LEARNED.equals(name)) {
            return PolicyNames.of(name);
        }
        return version > 0
                ? Messages.text("watch.policy.learned.version", Figures.whole(version))
                : Messages.text("watch.policy.learned.waiting");
    }

    private final class Face extends ListCell<String> {
        @Override
        protected void updateItem(String name, boolean empty) {
            super.updateItem(name, empty);
            write(name);
        }

        void write(String name) {
            setText(name == null ? "" : words());
        }
    }

    private static final class Row extends ListCell<String> {
        @Override
        protected void updateItem(String name, boolean empty) {
            super.updateItem(name, empty);
            setText(empty || name == null ? "" : PolicyNames.of(name));
        }
    }
}
