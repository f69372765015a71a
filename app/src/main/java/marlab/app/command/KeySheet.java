package marlab.app.command;

import java.util.ArrayList;
import java.util.Comparator;
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
    private static final double WIDEST = 200; // pixels of a text, so that all fits in 1024
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
        HBox columns = new HBox(24);
        for (List<Map.Entry<String, List<Command>>> column : columns()) {
            VBox box = new VBox(14);
            column.forEach(group -> box.getChildren().add(group(group.getKey(), group.getValue())));
            columns.getChildren().add(box);
        }
        VBox sheet = new VBox(title, columns);
        sheet.getStyleClass().add("sheet");
        sheet.setMaxSize(Region.USE_PREF_SIZE, Region.USE_PREF_SIZE);
        sheet.setAlignment(Pos.TOP_LEFT);
        return sheet;
    }

    /// Groups in columns of about equal height: the largest first, each into the shortest column.
    private List<List<Map.Entry<String, List<Command>>>> columns() {
        List<Map.Entry<String, List<Command>>> inOrder = List.copyOf(groups().entrySet());
        List<Map.Entry<String, List<Command>>> largestFirst = new ArrayList<>(inOrder);
        largestFirst.sort(Comparator.comparingInt(group -> -group.getValue().size()));
        double[] heights = new double[COLUMNS];
        List<List<Map.Entry<String, List<Command>>>> columns = new ArrayList<>();
        for (int k = 0; k < COLUMNS; k++) {
            columns.add(new ArrayList<>());
        }
        for (Map.Entry<String, List<Command>> group : largestFirst) {
            int shortest = 0;
            for (int k = 1; k < COLUMNS; k++) {
                shortest = heights[k] < heights[shortest] ? k : shortest;
            }
            columns.get(shortest).add(group);
            heights[shortest] += group.getValue().size() + HEAD;
        }
        columns.forEach(column -> column.sort(Comparator.comparingInt(inOrder::indexOf)));
        columns.removeIf(List::isEmpty);
        columns.sort(Comparator.comparingInt(column -> inOrder.indexOf(column.getFirst())));
        return columns;
    }

    private Map<String, List<Command>> groups() {
        Map<String, List<Command>> groups = new LinkedHashMap<>();
        for (Command command : commands.all()) {
            groups.computeIfAbsent(command.groupText(), name -> new ArrayList<>()).add(command);
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
            text.setWrapText(true);
            text.setMinHeight(Region.USE_PREF_SIZE);
            text.setMaxWidth(WIDEST);
            HBox caps = new HBox(4);
            caps.setMinWidth(Region.USE_PREF_SIZE);
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
