package marlab.app.card;

import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;

/// A panel with a title at the left of its header and whatever belongs there at the right.
public class Card extends VBox {

    private final HBox header = new HBox();
    private final Label name;

    /// A card with this title.
    @SuppressWarnings("this-escape") // nodes are built this way
    public Card(String title, Node... right) {
        getStyleClass().add("card");
        name = new Label(title);
        name.getStyleClass().add("card-title");
        name.setMinWidth(Region.USE_PREF_SIZE);
        Region gap = new Region();
        HBox.setHgrow(gap, Priority.ALWAYS);
        header.getStyleClass().add("card-header");
        header.getChildren().addAll(name, gap);
        header.getChildren().addAll(right);
        getChildren().add(header);
    }

    /// What it is called.
    public String title() {
        return name.getText();
    }

    /// A label in the small grey type of captions.
    public static Label caption(String text) {
        Label label = new Label(text);
        label.getStyleClass().add("caption");
        return label;
    }
}
