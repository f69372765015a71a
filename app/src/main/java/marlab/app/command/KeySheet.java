package marlab.app.command;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javafx.geometry.Pos;
import javafx.scene.control.Label;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import marlab.app.text.Messages;

/// All keys on one sheet over the window, made from the commands, so never out of date. FX thread.
public final class KeySheet extends StackPane {

    private static final int COLUMNS = 3;
    private static final double HEAD = 1.6; // lines that a group's name takes

    private final Commands commands;

    /// A sheet of these commands, hidden.
    public KeySheet(Commands commands) {
        this.commands = commands;
        setId("key-sheet");
        setVisible(false);
        Region veil = new Region();
        veil.getStyleClass().add("veil");
        veil.setOnMousePressed(event -> hide());
        getChildren().add(veil);
    }

    /// Shows the sheet, or hides it.
    public void toggle() {
        if (isVisible()) {
            hide();
        } else {
            if (getChildren().size() == 1) {
                getChildren().add(sheet());
            }
            setVisible(true);
        }
    }

    /// Hides the sheet.
    ///
    /// @return true when it had been there
    public boolean hide() {
        boolean had = isVisible();
        setVisible(false);
        return had;
    }

    private VBox sheet() {
        Label title = new Label(Messages.text("sheet.title"));
        title.getStyleClass().add("sheet-title");
        HBox columns = new HBox(28);
        for (int k = 0; k < COLUMNS; k++) {
            columns.getChildren().add(new VBox(14));
        }
        Map<String, List<Command>> groups = groups();
        double all = commands.all().size() + HEAD * groups.size();
        double lines = 0;
        for (var group : groups.entrySet()) {
            double height = group.getValue().size() + HEAD;
            int column = (int) Math.min(COLUMNS - 1, (lines + height / 2) * COLUMNS / all);
            ((VBox) columns.getChildren().get(column))
                    .getChildren()
                    .add(group(group.getKey(), group.getValue()));
            lines += height;
        }
        VBox sheet = new VBox(title, columns);
        sheet.getStyleClass().add("sheet");
        sheet.setMaxSize(Region.USE_PREF_SIZE, Region.USE_PREF_SIZE);
        sheet.setAlignment(Pos.TOP_LEFT);
        return sheet;
    }

    private Map<String, List<Command>> groups() {
        Map<String, List<Command>> groups = new LinkedHashMap<>();
        for (Command command : commands.all()) {
            groups.computeIfAbsent(command.groupText(), name -> new java.util.ArrayList<>())
                    .add(command);
        }
        return groups;
    }

    private static VBox group(String name, List<Command> commands) {
        Label head = new Label(name);
        head.getStyleClass().add("sheet-group");
        GridPane lines = new GridPane(10, 5);
        for (int k = 0; k < commands.size(); k++) {
            Label text = new Label(commands.get(k).text());
            text.getStyleClass().add("body");
            HBox caps = new HBox(4);
            caps.setMinWidth(84);
            commands.get(k).keys().forEach(key -> caps.getChildren().add(cap(Keys.name(key))));
            lines.addRow(k, caps, text);
        }
        return new VBox(6, head, lines);
    }

    private static Label cap(String text) {
        Label cap = new Label(text);
        cap.getStyleClass().add("key-cap");
        cap.setMinWidth(Region.USE_PREF_SIZE);
        return cap;
    }
}
