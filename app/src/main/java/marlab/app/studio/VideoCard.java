package marlab.app.studio;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import javafx.geometry.Insets;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.ComboBox;
import javafx.scene.control.ComboBoxBase;
import javafx.scene.control.Label;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.TextField;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import javafx.stage.DirectoryChooser;
import javafx.stage.FileChooser;
import marlab.app.card.Card;
import marlab.app.card.Tips;
import marlab.app.text.Messages;
import marlab.app.theme.Icons;
import marlab.app.theme.Scheme;
import marlab.app.video.FilmFormat;
import marlab.app.video.FilmPreset;

/// "Make a video": what of, how it looks, where to; then how far it is, and where it lies. The film
/// itself is made by the {@link Studio}, which goes on without the card. FX thread.
public final class VideoCard extends Card {

    private static final double LABEL_WIDTH = 64;

    private final Stock stock;
    private final Studio studio;
    private final ComboBox<Subject> subject = new Choice<>("video-subject", Subject::text);
    private final ComboBox<FilmPreset> preset =
            new Choice<>("video-preset", p -> word("preset", p));
    private final ComboBox<FilmFormat> format =
            new Choice<>("video-format", f -> word("format", f));
    private final ComboBox<Integer> fps =
            new Choice<>("video-fps", n -> Messages.text("video.fps.value", n));
    private final ComboBox<Integer> speed =
            new Choice<>("video-speed", n -> Messages.text("video.speed.value", n));
    private final ComboBox<Integer> seconds =
            new Choice<>("video-length", n -> VideoWords.length(n));
    private final ComboBox<Scheme> look = new Choice<>("video-look", s -> word("look", s));
    private final TextField caption = new TextField();
    private final TextField file = new TextField();
    private final Label missing = message("video-missing");

    /// Looks between two estimates: a second or two.
    private static final int LOOKS = 15;

    private final Label estimate = Card.caption("");
    private final Label problem = message("video-problem");
    private final Button make = new Button(Messages.text("video.make"));
    private final MakingPane making;
    private final Node speedRow;
    private final Node lengthRow;
    private Path replaced; // the file that a person agreed to replace
    private boolean possible;
    private int looks;
    private boolean quiet = true;

    /// A card for what there is now.
    ///
    /// @param close leaves the card
    public VideoCard(Stock stock, Studio studio, Runnable close) {
        this(stock, studio, close, new Button("", Icons.CLOSE.node()));
    }

    private VideoCard(Stock stock, Studio studio, Runnable close, Button cross) {
        super(Messages.text("video.title"), cross);
        this.stock = stock;
        this.studio = studio;
        setId("video-card");
        cross.setId("video-close");
        cross.getStyleClass().add("link-button");
        cross.setMinWidth(28);
        Tips.on(cross, Messages.text("video.close.tip"));
        cross.setAccessibleText(Messages.text("video.close.tip"));
        cross.setOnAction(event -> close.run());
        making = new MakingPane(studio, this::again);
        speedRow = row("video.speed", speed);
        lengthRow = row("video.length", seconds);
        fill();
        ScrollPane scroll = new ScrollPane(form());
        scroll.getStyleClass().add("bare-scroll");
        scroll.setFitToWidth(true);
        scroll.setHbarPolicy(ScrollPane.ScrollBarPolicy.NEVER);
        VBox.setVgrow(scroll, Priority.ALWAYS);
        getChildren().addAll(scroll, foot());
        addEventFilter( // a menu would keep Esc to itself, open or not
                KeyEvent.KEY_PRESSED,
                event -> {
                    if (event.getCode() == KeyCode.ESCAPE && !menuOpen(event)) {
                        close.run();
                        event.consume();
                    }
                });
        follow();
        quiet = false;
        suggestFile();
        changed();
        telemetry();
    }

    private static boolean menuOpen(KeyEvent event) {
        return event.getTarget() instanceof ComboBoxBase<?> menu && menu.isShowing();
    }

    private static String word(String kind, Enum<?> value) {
        return Messages.text(
                "video." + kind + "." + value.name().toLowerCase(java.util.Locale.ROOT));
    }

    private static Label message(String id) {
        Label label = new Label();
        label.setId(id);
        label.getStyleClass().add("inline-message");
        label.setMinHeight(Region.USE_PREF_SIZE);
        show(label, "");
        return label;
    }

    private static void show(Label label, String text) {
        label.setText(text);
        label.setVisible(!text.isEmpty());
        label.setManaged(!text.isEmpty());
    }

    private void fill() {
        subject.getItems().setAll(Subject.values());
        preset.getItems().setAll(FilmPreset.values());
        format.getItems().setAll(FilmFormat.values());
        fps.getItems().setAll(10, 20, 25, 30, 50, 60);
        speed.getItems().setAll(2, 5, 10, 20, 40, 100);
        seconds.getItems().setAll(10, 20, 30, 60, 120);
        look.getItems().setAll(Scheme.values());
        subject.setValue(first());
        preset.setValue(FilmPreset.HD);
        format.setValue(FilmFormat.MP4);
        fps.setValue(30);
        speed.setValue(10);
        seconds.setValue(20);
        look.setValue(stock.scheme());
        caption.setPromptText(Messages.text("video.caption.none"));
        for (TextField field : List.of(caption, file)) {
            field.getStyleClass().add("plain-field");
            field.setOnAction(event -> make());
        }
        caption.setId("video-caption");
        file.setId("video-file");
    }

    /// What somebody who opens the card has in view.
    private Subject first() {
        return stock.missing(Subject.LOOP).isEmpty() ? Subject.LOOP : Subject.RECORDING;
    }

    private VBox form() {
        Button choose = new Button(Messages.text("video.choose"));
        choose.setId("video-choose");
        choose.getStyleClass().add("link-button");
        choose.setMinWidth(Region.USE_PREF_SIZE);
        choose.setOnAction(event -> choose());
        HBox place = row("video.file", choose);
        place.getChildren().add(1, gap());
        ((Label) place.getChildren().getFirst()).setLabelFor(file);
        file.setAccessibleText(Messages.text("video.file"));
        VBox form =
                new VBox(
                        8,
                        row("video.subject", subject),
                        missing,
                        row("video.preset", preset),
                        row("video.format", format),
                        row("video.fps", fps),
                        speedRow,
                        lengthRow,
                        row("video.look", look),
                        row("video.caption", caption),
                        new VBox(2, place, file));
        form.setPadding(new Insets(2, 8, 4, 2));
        return form;
    }

    private static Region gap() {
        Region gap = new Region();
        HBox.setHgrow(gap, Priority.ALWAYS);
        return gap;
    }

    private static HBox row(String key, Node control) {
        Label name = new Label(Messages.text(key));
        name.setMinWidth(LABEL_WIDTH);
        name.setLabelFor(control);
        control.setAccessibleText(Messages.text(key));
        if (control instanceof ComboBox<?> menu) {
            menu.setMaxWidth(Double.MAX_VALUE);
        }
        HBox.setHgrow(control, control instanceof Button ? Priority.NEVER : Priority.ALWAYS);
        HBox row = new HBox(8, name, control);
        row.setAlignment(Pos.CENTER_LEFT);
        return row;
    }

    private VBox foot() {
        make.setId("video-make");
        make.getStyleClass().addAll("tool-button", "primary");
        make.setMinWidth(84);
        make.setOnAction(event -> make());
        estimate.setId("video-estimate");
        estimate.setWrapText(true);
        estimate.setMinHeight(Region.USE_PREF_SIZE);
        HBox buttons = new HBox(make);
        buttons.setAlignment(Pos.CENTER_RIGHT);
        VBox foot = new VBox(8, estimate, problem, making, buttons);
        foot.setMinHeight(Region.USE_PREF_SIZE);
        return foot;
    }

    private void follow() {
        for (ComboBox<?> menu : List.of(subject, preset, fps, speed, seconds, look)) {
            menu.valueProperty().subscribe((before, now) -> changed());
        }
        format.valueProperty()
                .subscribe((before, now) -> {
                    file.setText(FilmName.retold(file.getText(), before, now));
                    changed();
                });
        file.textProperty().subscribe((before, now) -> refresh());
    }

    private void suggestFile() {
        Path folder = FilmName.folder();
        file.setText(FilmName.fresh(folder, stock.name(), format.getValue()).toString());
        file.end();
    }

    /// Says what is missing, and how long the film would be.
    private void changed() {
        if (quiet) {
            return;
        }
        boolean learning = subject.getValue() == Subject.LEARNING;
        boolean two = preset.getValue() == FilmPreset.SIDE_BY_SIDE;
        for (Node row : List.of(speedRow, lengthRow)) {
            boolean wanted = (row == lengthRow) == (learning && !two);
            row.setVisible(wanted);
            row.setManaged(wanted);
        }
        Optional<String> why =
                two && !learning
                        ? Optional.of(Messages.text("video.missing.two"))
                        : stock.missing(subject.getValue());
        show(missing, why.orElse(""));
        possible = false;
        show(problem, "");
        if (why.isPresent()) {
            estimate.setText("");
        } else {
            estimate.setText(Messages.text("video.estimating"));
            studio.estimate(wishes(), stock.footage(subject.getValue()), this::estimated);
        }
        refresh();
    }

    private void estimated(Studio.Estimate found) {
        possible = found.film() != null;
        estimate.setText(possible ? VideoWords.estimate(found.film(), format.getValue()) : "");
        show(problem, possible ? "" : found.problem());
        refresh();
    }

    private Wishes wishes() {
        return new Wishes(
                subject.getValue(),
                preset.getValue(),
                format.getValue(),
                fps.getValue(),
                speed.getValue(),
                seconds.getValue(),
                caption.getText().strip(),
                look.getValue());
    }

    private void refresh() {
        make.setDisable(!possible || studio.busy() || file.getText().isBlank());
    }

    private void choose() {
        Path now = Path.of(file.getText().isBlank() ? "." : file.getText()).toAbsolutePath();
        boolean folder = format.getValue() == FilmFormat.PNG;
        java.io.File parent =
                now.getParent() != null && Files.isDirectory(now.getParent())
                        ? now.getParent().toFile()
                        : null;
        java.io.File chosen;
        if (folder) {
            DirectoryChooser chooser = new DirectoryChooser();
            chooser.setTitle(Messages.text("video.choose.title"));
            chooser.setInitialDirectory(parent);
            chosen = chooser.showDialog(getScene().getWindow());
            if (chosen != null) { // pictures get a folder of their own in it
                chosen = chosen.toPath().resolve(now.getFileName()).toFile();
            }
        } else {
            FileChooser chooser = new FileChooser();
            chooser.setTitle(Messages.text("video.choose.title"));
            chooser.setInitialDirectory(parent);
            chooser.setInitialFileName(now.getFileName().toString());
            chosen = chooser.showSaveDialog(getScene().getWindow()); // asks before replacing
        }
        if (chosen != null) {
            replaced = folder ? null : chosen.toPath();
            file.setText(chosen.toString());
        }
    }

    private void make() {
        if (make.isDisabled()) {
            return;
        }
        Path target;
        try {
            target = Path.of(file.getText().strip()).toAbsolutePath();
        } catch (java.nio.file.InvalidPathException e) {
            show(problem, Messages.text("video.file.wrong", file.getText()));
            return;
        }
        boolean replace = target.equals(replaced);
        if (Files.exists(target) && !replace) {
            show(problem, Messages.text("video.file.exists", target.toString()));
            return;
        }
        show(problem, "");
        studio.make(wishes(), stock.footage(subject.getValue()), target, replace);
        replaced = null;
        telemetry();
        making.focus();
    }

    /// The film that was made is told; another one gets another name.
    private void again() {
        studio.forget();
        suggestFile();
        telemetry();
        make.requestFocus();
    }

    /// Brings the progress up to date. Ten times a second.
    public void telemetry() {
        making.show(studio.state());
        boolean busy = making.isVisible();
        estimate.setVisible(!busy);
        estimate.setManaged(!busy);
        make.setVisible(!busy);
        make.setManaged(!busy);
        refresh();
        if (!busy && possible && ++looks % LOOKS == 0) { // what is recorded grows
            studio.estimate(wishes(), stock.footage(subject.getValue()), this::estimated);
        }
    }

    /// Where the keyboard goes first.
    public void focusFirst() {
        applyCss(); // what is in a pane that scrolls gets into the window only now
        layout();
        subject.requestFocus();
    }
}
